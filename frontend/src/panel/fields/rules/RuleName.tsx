import { useId } from "react";
import { t } from "../../../i18n";
import { type Facts, inNode } from "../../../model/extents";
import type { Rule } from "../../../model/rules";
import { useBuilder } from "../../../store/builder";
import { Pick } from "../../../ui/Pick";

interface Props {
  readonly rule: Rule;
  readonly disabled: boolean;
  onChange(rule: Rule): void;
}

/** Which variable, or which result of which applet; other subjects need no name. */
export function RuleName(props: Props) {
  if (props.rule.subject === "variable") return <VariableName {...props} />;
  return props.rule.subject === "result" ? <ResultName {...props} /> : null;
}

/** Any name may be typed; those that the flow's applets set are offered. */
function VariableName({ rule, disabled, onChange }: Props) {
  const list = useId();
  const facts = useFacts();
  const collected = facts.graph.nodes.flatMap((node) => inNode(facts, node, "collects"));
  const known = new Map(collected.map(({ name, label }) => [name, label]));
  return (
    <>
      <input
        className="in mono"
        aria-label={t("Name of the variable")}
        placeholder={t("Name of the variable")}
        list={list}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={rule.name}
        disabled={disabled}
        onChange={(event) => onChange({ ...rule, name: event.target.value.trim() })}
      />
      <datalist id={list}>
        {[...known].map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </datalist>
    </>
  );
}

function useFacts(): Facts {
  const graph = useBuilder((state) => state.graph);
  const applets = useBuilder((state) => state.applets);
  const variables = useBuilder((state) => state.variables);
  const objects = useBuilder((state) => state.objects);
  return { graph, applets, variables, objects };
}

interface Result {
  readonly path: string;
  readonly label: string;
  /** Where in an answer it is, is still to be said. */
  readonly open: boolean;
}

function resultsOf(facts: Facts, self: string): Result[] {
  const others = facts.graph.nodes.filter((node) => node.id !== self);
  return others.flatMap((node) =>
    inNode(facts, node, "leaves").map(({ name, label, longest }) => ({
      path: `nodes.${node.id}.${name}`,
      label: `${node.name}: ${label}`,
      open: longest === null,
    })),
  );
}

const ANOTHER = "";

/** The results that the flow's applets leave; a way into an answer is typed. */
function ResultName({ rule, disabled, onChange }: Props) {
  const self = useBuilder((state) => state.selection[0] ?? "");
  const results = resultsOf(useFacts(), self);
  const chosen = results.find(
    ({ path, open }) =>
      rule.name === path ||
      (open && /^[.[?]/.test(rule.name.slice(path.length)) && rule.name.startsWith(path)),
  );
  return (
    <>
      <Pick
        aria-label={t("Which result")}
        value={chosen?.path ?? ANOTHER}
        disabled={disabled}
        onChange={(event) => onChange({ ...rule, name: event.target.value })}
      >
        <option value={ANOTHER}>{rule.name === "" ? t("Choose…") : t("Another…")}</option>
        {results.map(({ path, label }) => (
          <option key={path} value={path}>
            {label}
          </option>
        ))}
      </Pick>
      {chosen && !chosen.open ? null : (
        <input
          className="in mono"
          aria-label={t("Where the result is")}
          placeholder="nodes.lookup.json.status"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={rule.name}
          disabled={disabled}
          onChange={(event) => onChange({ ...rule, name: event.target.value })}
        />
      )}
    </>
  );
}
