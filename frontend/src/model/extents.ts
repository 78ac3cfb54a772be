/** What a variable in a flow's text can become during a call. The same rule as `flows/extents.py`. */
import type { Applet, ObjectInfo, Settings, ValueInfo, WireGraph, WireNode } from "../api/types";
import type { Part, Variable } from "./expressions";

export interface Extent {
  /** One value it could be. */
  readonly sample: string;
  readonly least: number;
  /** Null when nobody can say before the call. */
  readonly most: number | null;
  /** Every character it can have; null: any. */
  readonly characters: ReadonlySet<string> | null;
}

export interface Facts {
  readonly graph: WireGraph;
  readonly applets: ReadonlyMap<string, Applet>;
  readonly variables: readonly ValueInfo[];
  readonly objects: readonly ObjectInfo[];
}

/** Something a message can say, as the menu of a field offers it. */
export interface Offered {
  readonly label: string;
  readonly source: string;
  readonly sample: string;
  readonly group: "call" | "flow";
  /** Where in an answer it is, is still to be said. */
  readonly open: boolean;
}

const NOTHING: Extent = { sample: "", least: 0, most: 0, characters: new Set() };
const ANY: Extent = { sample: "sample", least: 0, most: null, characters: null };

/** Characters as DLT counts them: code points of the text in NFC. */
export const lengthOf = (text: string) => [...text].length;

const extentOfText = (text: string): Extent => ({
  sample: text,
  least: lengthOf(text),
  most: lengthOf(text),
  characters: new Set(text),
});

function extentOfInfo({ sample, longest, characters }: ValueInfo): Extent {
  return {
    sample,
    least: longest === sample.length ? longest : 1,
    most: longest,
    characters: characters === null ? null : new Set(characters),
  };
}

const together = (one: Extent["characters"], other: Extent["characters"]) =>
  one === null || other === null ? null : new Set([...one, ...other]);

const after = (one: Extent, other: Extent): Extent => ({
  sample: one.sample + other.sample,
  least: one.least + other.least,
  most: one.most === null || other.most === null ? null : one.most + other.most,
  characters: together(one.characters, other.characters),
});

const either = (one: Extent, other: Extent): Extent => ({
  sample: one.sample,
  least: Math.min(one.least, other.least),
  most: one.most === null || other.most === null ? null : Math.max(one.most, other.most),
  characters: together(one.characters, other.characters),
});

function cut(extent: Extent, most: number): Extent {
  return {
    sample: [...extent.sample].slice(0, most).join(""),
    least: Math.min(extent.least, most),
    most: extent.most === null ? most : Math.min(most, extent.most),
    characters: extent.characters,
  };
}

export class Extents {
  private readonly builtIn: ReadonlyMap<string, Extent>;
  private readonly collected = new Map<string, Extent>();

  constructor(private readonly facts: Facts) {
    this.builtIn = new Map(facts.variables.map((info) => [info.name, extentOfInfo(info)]));
    for (const node of facts.graph.nodes) {
      for (const info of inNode(facts, node, "collects")) {
        const before = this.collected.get(info.name);
        const extent = extentOfInfo(info);
        this.collected.set(info.name, before ? either(before, extent) : extent);
      }
    }
  }

  /** Null for a value that no call ever has. */
  of(part: Part): Extent | null {
    if (typeof part === "string") return extentOfText(part);
    const found = this.find(part);
    const sliced = found && part.atMost !== null ? cut(found, part.atMost) : found;
    if (part.fallback === null) return sliced;
    const fallback = extentOfText(part.fallback);
    return sliced ? either(sliced, fallback) : fallback;
  }

  ofAll(parts: readonly Part[]): Extent {
    return parts.map((part) => this.of(part) ?? ANY).reduce(after, NOTHING);
  }

  /** What a menu offers: the call's own values, then those that the flow's applets leave. */
  offered(): Offered[] {
    const { graph, variables } = this.facts;
    const fromCall = variables.map(
      ({ name, label, sample }): Offered => ({
        label,
        sample,
        source: `{${name}}`,
        group: "call",
        open: false,
      }),
    );
    const fromFlow = graph.nodes.flatMap((node) =>
      (node.settings.wait === false ? [] : inNode(this.facts, node, "leaves")).map(
        ({ name, label, sample, longest }): Offered => ({
          label: `${node.name}: ${label}`,
          sample,
          source: `\${{ nodes.${node.id}.${name}${longest === null ? ".name" : ""} }}`,
          group: "flow",
          open: longest === null,
        }),
      ),
    );
    return [...fromCall, ...fromFlow];
  }

  /** A variable in a few words: whose value it is rather than where it is kept. */
  labelOf(variable: Variable): string {
    const [name, ...keys] = variable.keys;
    if (variable.root === "") return variable.head;
    const object = this.facts.objects.find((info) => info.name === variable.root);
    const fields = name === undefined ? this.facts.variables : (object?.fields ?? []);
    const info = fields.find((fact) => fact.name === (name ?? variable.root));
    if (info && keys.length === 0) return info.label;
    const node = variable.root === "nodes" && name !== undefined ? this.nodeNamed(name) : undefined;
    if (node) {
      const leaf = this.facts.applets.get(node.type)?.leaves?.find((left) => left.name === keys[0]);
      const rest = leaf ? [leaf.label, ...keys.slice(1)] : keys;
      return [node.name, ...(leaf?.longest === null ? keys.slice(1) : rest)].join(" › ");
    }
    return [variable.root, ...variable.keys].join(".");
  }

  private named(name: string): Extent | null {
    const known = name === "now" ? "DateTime" : name;
    return this.builtIn.get(known) ?? this.collected.get(withoutDollar(name)) ?? null;
  }

  private find({ root, keys }: Variable): Extent | null {
    const [first, ...deeper] = keys;
    if (root === "") return ANY;
    if (first === undefined) return this.named(root);
    if (root === "nodes") return this.leftBy(first, deeper);
    if (root === "http") return this.leftBy(first, ["json", ...deeper]);
    if (root === "vars") return this.setValue(first, deeper);
    const object = this.facts.objects.find(({ name }) => name === root);
    if (!object) return this.setValue(root, keys);
    const field = object.fields.find(({ name }) => name === first);
    return field ? (deeper.length > 0 ? ANY : extentOfInfo(field)) : null;
  }

  /** What a variable can be, or anything for what is in it. */
  private setValue(name: string, keys: readonly string[]): Extent | null {
    const found = this.collected.get(withoutDollar(name)) ?? null;
    return found && keys.length > 0 ? ANY : found;
  }

  private leftBy(name: string, keys: readonly string[]): Extent | null {
    const node = this.nodeNamed(name);
    const leaves = node ? inNode(this.facts, node, "leaves") : [];
    const leaf = leaves.find((left) => left.name === keys[0]);
    if (!leaf || (keys.length > 1 && leaf.longest !== null)) return null;
    return extentOfInfo(leaf);
  }

  private nodeNamed(name: string) {
    const { nodes } = this.facts.graph;
    return (
      nodes.find((node) => node.id === name) ?? nodes.find((node) => aliasOf(node.name) === name)
    );
  }
}

/** What a node sets or leaves, as its settings name and bound it: `{variable}` is a setting's value. */
export function inNode(
  { applets }: Facts,
  node: WireNode,
  which: "collects" | "leaves",
): ValueInfo[] {
  const applet = applets.get(node.type);
  const settings = { ...applet?.defaults, ...node.settings };
  return (applet?.[which] ?? []).flatMap((info) => {
    const own = info.longest_by ? settings[info.longest_by] : undefined;
    const longest = typeof own === "number" ? own : info.longest;
    return namesOf(info.name, settings).map((name) => ({
      ...info,
      name: withoutDollar(name),
      longest,
    }));
  });
}

/** `{variable}` is a setting's value, `{assignments.name}` a field of each entry of a list. */
function namesOf(name: string, settings: Settings): string[] {
  if (!name.startsWith("{")) return [name];
  const [setting = "", field] = name.slice(1, -1).split(".");
  const value = settings[setting];
  const found = field
    ? (Array.isArray(value) ? value : []).map((row: Settings | null) => row?.[field])
    : [value];
  return found.filter((one): one is string => typeof one === "string" && one !== "");
}

const withoutDollar = (name: string) => name.replace(/^\$/, "");

/** A node's name as an identifier: "Look up order" is `look_up_order`. */
export const aliasOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
