/** The names that expressions of a flow can use, with what each holds. */
import { aliasOf, type Facts, inNode, type Offered } from "./extents";
import type { Known } from "./suggestions";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

type Named = Pick<Known, "names" | "fields">;

export function namesIn(facts: Facts): Named {
  const { graph, variables, objects } = facts;
  const set = graph.nodes.flatMap((node) =>
    inNode(facts, node, "collects").map(({ name, sample }) => offer(name, node.name, sample)),
  );
  const nodes = graph.nodes.flatMap((node) => {
    const alias = aliasOf(node.name);
    const name = IDENTIFIER.test(alias) ? alias : node.id;
    const left = inNode(facts, node, "leaves");
    return IDENTIFIER.test(name) && left.length > 0 ? [{ name, label: node.name, left }] : [];
  });
  const answers = nodes.filter(({ left }) => left.some(({ name }) => name === "json"));
  const fields = new Map<string, readonly Offered[]>(
    objects.map((object) => [object.name, object.fields.map(fromInfo)]),
  );
  fields.set("vars", set);
  fields.set(
    "nodes",
    nodes.map(({ name, label }) => offer(name, label, "")),
  );
  fields.set(
    "http",
    answers.map(({ name, label }) => offer(name, label, "")),
  );
  for (const { name, left } of nodes) fields.set(`nodes.${name}`, left.map(fromInfo));
  const names = [
    ...set,
    ...objects.map(({ name, label }) => offer(name, label, name === "now" ? "12:30" : "")),
    ...variables.map(fromInfo),
  ];
  const first = new Map([...names].reverse().map((one) => [one.source, one]));
  return {
    names: [...new Set(names.map(({ source }) => source))].flatMap((one) => first.get(one) ?? []),
    fields,
  };
}

const offer = (source: string, label: string, sample: string): Offered => ({
  source,
  label,
  sample,
  group: "flow",
  open: false,
});

const fromInfo = ({ name, label, sample }: { name: string; label: string; sample: string }) =>
  offer(name, label, sample);
