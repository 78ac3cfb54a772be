import "../../../styles/rules.css";
import { useRef } from "react";
import { t } from "../../../i18n";
import { type Case, moved, newCase, readCases } from "../../../model/rules";
import { builder } from "../../../store/builder";
import { Button } from "../../../ui/Button";
import { FieldFrame } from "../FieldFrame";
import type { FieldProps } from "../field";
import { CaseCard } from "./CaseCard";

/** Ways out and when each is taken: cases in their order, each a card of rows or an expression. */
export function Rules(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const cases = readCases(value);
  const list = useRef<HTMLOListElement>(null);
  const full = cases.length >= (field.schema.maxItems ?? Number.POSITIVE_INFINITY);

  const move = (from: number, to: number, button: "up" | "down") => {
    const port = cases[from]?.port ?? "";
    onChange(moved(cases, from, to));
    builder().announce(t("Case {n} is now number {to}.", { n: from + 1, to: to + 1 }));
    // The card has moved in the page, and the focus was lost on the way.
    requestAnimationFrame(() => focusOn(list.current, port, button));
  };
  return (
    <FieldFrame {...props} group>
      <ol className="cases" ref={list}>
        {cases.map((one, index) => (
          <li key={one.port} data-port={one.port}>
            <CaseCard
              {...(index === 0 ? { id } : {})}
              form={props}
              value={one}
              number={index + 1}
              disabled={disabled}
              onChange={(change: Partial<Case>) =>
                onChange(cases.with(index, { ...one, ...change }))
              }
              onRemove={() => onChange(cases.toSpliced(index, 1))}
              onUp={index > 0 ? () => move(index, index - 1, "up") : null}
              onDown={index < cases.length - 1 ? () => move(index, index + 1, "down") : null}
            />
          </li>
        ))}
      </ol>
      <Button
        icon="plus"
        className="add"
        {...(cases.length === 0 ? { id } : {})}
        disabled={disabled || full}
        onClick={() => onChange([...cases, newCase(cases, (n) => t("Case {n}", { n }))])}
      >
        {t("Add a case")}
      </Button>
    </FieldFrame>
  );
}

function focusOn(list: HTMLElement | null, port: string, button: string): void {
  const card = list?.querySelector(`[data-port="${CSS.escape(port)}"]`);
  const wanted = card?.querySelector<HTMLButtonElement>(`[data-move="${button}"]:enabled`);
  const other = card?.querySelector<HTMLButtonElement>("[data-move]:enabled");
  (wanted ?? other)?.focus();
  card?.scrollIntoView({ block: "nearest" });
}
