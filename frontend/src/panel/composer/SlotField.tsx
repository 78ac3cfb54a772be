import { useId, useRef, useState } from "react";
import { t } from "../../i18n";
import { parse } from "../../model/expressions";
import { type Extents, lengthOf } from "../../model/extents";
import type { Finding, Judged } from "../../model/worst_case";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { InsertMenu } from "./InsertMenu";
import { TokenEditor } from "./TokenEditor";
import { alternating, replaced, ValueInput, type ValueInputHandle } from "./ValueInput";

interface Props {
  readonly id: string;
  readonly judged: Judged;
  readonly value: string;
  readonly extents: Extents;
  readonly disabled: boolean;
  onChange(value: string): void;
}

/** One variable of the template: its value, how much of its room that takes, and what is wrong with it. */
export function SlotField({ id, judged, value, extents, disabled, onChange }: Props) {
  const { slot, findings } = judged;
  const noteId = useId();
  const input = useRef<ValueInputHandle | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const name =
    slot.first === slot.last
      ? t("Variable {n}", { n: slot.first })
      : t("Variables {first} to {last}", { first: slot.first, last: slot.last });
  const open = opened === null ? undefined : alternating(parse(value))[opened];
  const wrong = findings.some(({ severity }) => severity === "error");

  return (
    <div className={wrong ? "slot wrong" : "slot"} data-testid={`slot-${slot.first}`}>
      <div className="lbl">
        <label htmlFor={id}>
          {name} <em>{t(slot.rule.kind)}</em>
        </label>
        <Budget judged={judged} />
      </div>
      <div className="valrow">
        <ValueInput
          id={id}
          name={name}
          value={value}
          disabled={disabled}
          wrong={wrong}
          describedBy={noteId}
          handle={input}
          opened={opened}
          labelOf={(variable) => extents.labelOf(variable)}
          onOpen={(index) => setOpened(opened === index ? null : index)}
          onChange={(next) => {
            setOpened(null);
            onChange(next);
          }}
        />
        {disabled ? null : (
          <InsertMenu
            label={t("Insert a value into {name}", { name: name.toLowerCase() })}
            testId={`insert-${slot.first}`}
            offered={extents.offered()}
            onInsert={({ source, open: unfinished }) => {
              const place = input.current?.insert(source);
              if (unfinished && place !== undefined) setOpened(place);
            }}
          />
        )}
      </div>
      <Bar judged={judged} />
      {typeof open === "object" && opened !== null ? (
        <TokenEditor
          variable={open}
          extents={extents}
          disabled={disabled}
          onChange={(source) => onChange(replaced(value, opened, source))}
          onRemove={() => {
            setOpened(null);
            onChange(replaced(value, opened, ""));
          }}
          onClose={() => setOpened(null)}
        />
      ) : null}
      <div id={noteId}>
        {findings.map((found) => (
          <FindingNote
            key={found.code + found.message}
            found={found}
            disabled={disabled}
            onChange={onChange}
          />
        ))}
      </div>
    </div>
  );
}

/** "12 of 30", and what it can come to in a call. */
function Budget({ judged }: { readonly judged: Judged }) {
  const { slot, extent } = judged;
  const used = lengthOf(extent.sample);
  const now = t("{used} of {limit}", { used, limit: slot.limit });
  const longest =
    extent.most === null
      ? t("any length in a call")
      : extent.most > used
        ? t("up to {n} in a call", { n: extent.most })
        : "";
  return (
    <em className="budget" data-testid={`budget-${slot.first}`}>
      {longest ? t("{now}, {longest}", { now, longest }) : now}
    </em>
  );
}

const percent = (part: number, whole: number) => `${Math.min(100, (100 * part) / whole)}%`;

function Bar({ judged }: { readonly judged: Judged }) {
  const { slot, extent } = judged;
  const most = extent.most ?? slot.limit + 1;
  const tone = extent.least > slot.limit ? "bad" : most > slot.limit ? "warn" : "ok";
  return (
    <div className={`bar ${tone}`} aria-hidden="true">
      <i className="most" style={{ width: percent(most, slot.limit) }} />
      <i style={{ width: percent(lengthOf(extent.sample), slot.limit) }} />
    </div>
  );
}

const ICONS = { error: "circle-alert", warning: "triangle-alert", hint: "info" } as const;

interface NoteProps {
  readonly found: Finding;
  readonly disabled: boolean;
  onChange(value: string): void;
}

/** What is wrong with a value, and the button that mends it where that is known. */
export function FindingNote({ found, disabled, onChange }: NoteProps) {
  const { severity, message, fix, repaired } = found;
  const told = message.charAt(0).toUpperCase() + message.slice(1);
  return (
    <div className={`found ${severity}`} data-testid={`finding-${severity}`}>
      <Icon name={ICONS[severity]} small />
      <span>
        {told} {repaired === undefined ? fix : null}
        {repaired === undefined || disabled ? null : (
          <Button icon="wand-sparkles" testId="mend" onClick={() => onChange(repaired)}>
            {shortFix(found)}
          </Button>
        )}
      </span>
    </div>
  );
}

function shortFix({ code, fix, repaired }: Finding): string {
  if (code === "dlt.call_sid_too_long") return t("Use {CallRef}");
  const most = /\.slice\(0, (\d+)\)/.exec(repaired ?? "")?.[1];
  return most ? t("Cut it after {n} characters", { n: most }) : (fix ?? "");
}
