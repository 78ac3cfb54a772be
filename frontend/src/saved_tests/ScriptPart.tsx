import { t } from "../i18n";
import { type Entry, moved, replaced } from "./document";
import { Add, NodeBox, NumberBox, Part, type PartProps, Remove, Small, Tool } from "./parts";

const NAMES: Readonly<Record<Entry["do"], string>> = {
  keys: "The caller presses keys",
  nothing: "The caller presses nothing, or stays silent",
  record: "The caller leaves a message",
  agent: "Somebody is rung",
  hang_up: "The caller hangs up",
};

const FRESH: readonly (readonly [string, Entry])[] = [
  ["Keys", { do: "keys", digits: "1" }],
  ["No key", { do: "nothing" }],
  ["Ringing", { do: "agent", status: "answered", talk_seconds: 60 }],
  ["Message", { do: "record", seconds: 10 }],
  ["Hangs up", { do: "hang_up" }],
];

const STATUSES: readonly (readonly [NonNullable<Entry["status"]>, string])[] = [
  ["answered", "Answers"],
  ["no_answer", "Does not answer"],
  ["busy", "Is busy"],
  ["failed", "Cannot be reached"],
];

/** What happens, in this order. */
export function ScriptPart({ document, drawing, onChange }: PartProps) {
  const script = document.script ?? [];
  const set = (next: readonly Entry[]) => onChange({ script: next });
  return (
    <Part title={t("What happens")}>
      {script.length === 0 ? (
        <p className="muted small">{t("Nothing yet: the call only hears what the flow says.")}</p>
      ) : null}
      <ol className="rows">
        {script.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no names, and are edited in place.
          <li key={index}>
            <div className="what">
              <span className="grow">{t(NAMES[entry.do])}</span>
              <Tool
                icon="chevron-up"
                label={t("Earlier")}
                disabled={index === 0}
                onClick={() => set(moved(script, index, -1))}
              />
              <Tool
                icon="chevron-down"
                label={t("Later")}
                disabled={index === script.length - 1}
                onClick={() => set(moved(script, index, 1))}
              />
              <Remove onClick={() => set(replaced(script, index))} />
            </div>
            <Details
              entry={entry}
              onChange={(change) => set(replaced(script, index, { ...entry, ...change }))}
            />
            <NumberBox
              label={t("After (seconds)")}
              value={entry.after_seconds}
              onChange={(after_seconds) =>
                set(replaced(script, index, { ...entry, after_seconds }))
              }
            />
            <NodeBox
              label={t("In")}
              nodes={drawing.nodes}
              value={entry.node ?? ""}
              none={t("Whichever applet waits")}
              onChange={(node) => set(replaced(script, index, { ...entry, node }))}
            />
          </li>
        ))}
      </ol>
      <div className="add">
        {FRESH.map(([label, entry]) => (
          <Add key={label} label={t(label)} onClick={() => set([...script, entry])} />
        ))}
      </div>
    </Part>
  );
}

interface DetailsProps {
  readonly entry: Entry;
  onChange(change: Partial<Entry>): void;
}

function Details({ entry, onChange }: DetailsProps) {
  switch (entry.do) {
    case "keys":
      return (
        <Small label={t("Keys")}>
          <input
            className="in num mono"
            inputMode="tel"
            maxLength={32}
            value={entry.digits ?? ""}
            onChange={(event) => onChange({ digits: event.target.value.replace(/[^0-9*#]/g, "") })}
          />
        </Small>
      );
    case "record":
      return (
        <NumberBox
          label={t("Speaks (seconds)")}
          value={entry.seconds}
          onChange={(seconds) => onChange({ seconds })}
        />
      );
    case "agent":
      return (
        <>
          <Small label={t("Who is rung")} className="wide">
            <select
              className="in"
              value={entry.status ?? "answered"}
              onChange={(event) => onChange({ status: event.target.value as "answered" })}
            >
              {STATUSES.map(([status, label]) => (
                <option key={status} value={status}>
                  {t(label)}
                </option>
              ))}
            </select>
          </Small>
          {entry.status === "answered" ? <Talk entry={entry} onChange={onChange} /> : null}
        </>
      );
    case "hang_up":
      return <Talk entry={entry} onChange={onChange} />;
    default:
      return null;
  }
}

function Talk({ entry, onChange }: DetailsProps) {
  return (
    <NumberBox
      label={t("Talk (seconds)")}
      value={entry.talk_seconds}
      onChange={(talk_seconds) => onChange({ talk_seconds })}
    />
  );
}
