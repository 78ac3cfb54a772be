import {
  type KeyboardEvent,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { t } from "../../i18n";
import { type Part, parse, textOf, type Variable, writtenOf } from "../../model/expressions";

export interface ValueInputHandle {
  /** Returns the place of the new token among the parts. */
  insert(source: string): number;
}

interface Props {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly disabled: boolean;
  readonly wrong: boolean;
  readonly describedBy: string;
  readonly handle: RefObject<ValueInputHandle | null>;
  /** Which variable of the call is looked at, by its place among the parts. */
  readonly opened: number | null;
  labelOf(variable: Variable): string;
  onOpen(index: number): void;
  onChange(value: string): void;
}

/**
 * Text with variables of the call as tokens in it: a row of small inputs and buttons that the caret walks
 * through as through one field. A variable that is typed out becomes a token with its last brace.
 */
export function ValueInput(props: Props) {
  const { id, name, value, disabled, wrong, handle, opened, labelOf, onOpen, onChange } = props;
  const box = useRef<HTMLDivElement>(null);
  const caret = useRef<number | null>(null);
  const last = useRef(value.length);
  const [turn, setTurn] = useState(0);
  const parts = alternating(parse(value));
  const starts = startsOf(parts);

  const put = (next: string, at: number) => {
    last.current = at;
    if (parse(next).length !== parse(value).length) {
      caret.current = at;
      setTurn(turn + 1);
    }
    onChange(next);
  };
  const splice = (from: number, to: number, text: string) =>
    put(value.slice(0, from) + text + value.slice(to), from + text.length);

  useImperativeHandle(handle, () => ({
    insert: (source) => {
      const at = Math.min(last.current, value.length);
      splice(at, at, source);
      const next = alternating(parse(value.slice(0, at) + source));
      return next.length - 2;
    },
  }));

  // After a token came or went the caret belongs to another input.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn places the caret.
  useLayoutEffect(() => {
    const at = caret.current;
    caret.current = null;
    if (at === null) return;
    const index = parts.findLastIndex(
      (part, place) => typeof part === "string" && (starts[place] ?? 0) <= at,
    );
    const input = box.current?.children[index];
    if (!(input instanceof HTMLInputElement)) return;
    const within = at - (starts[index] ?? 0);
    input.focus();
    input.setSelectionRange(within, within);
  }, [turn]);

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const target = event.target;
    const input = target instanceof HTMLInputElement ? target : null;
    const atStart = !input || (input.selectionStart === 0 && input.selectionEnd === 0);
    const atEnd = !input || input.selectionStart === input.value.length;
    const step = (by: number) => {
      const next = box.current?.children[index + by];
      if (!(next instanceof HTMLElement)) return;
      event.preventDefault();
      next.focus();
      if (next instanceof HTMLInputElement) {
        const place = by < 0 ? next.value.length : 0;
        next.setSelectionRange(place, place);
      }
    };
    const remove = (at: number) => {
      const part = parts[at];
      if (disabled || part === undefined || typeof part === "string") return;
      event.preventDefault();
      const from = starts[at] ?? 0;
      splice(from, from + part.source.length, "");
    };
    if (event.key === "ArrowLeft" && atStart) step(-1);
    else if (event.key === "ArrowRight" && atEnd) step(1);
    else if (event.key === "Backspace" && atStart) remove(input ? index - 1 : index);
    else if (event.key === "Delete" && atEnd) remove(input ? index + 1 : index);
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the text goes into the text.
    // biome-ignore lint/a11y/useSemanticElements: laid out like a field, in a row.
    <div
      ref={box}
      className={disabled ? "in value off" : "in value"}
      role="group"
      aria-label={name}
      onClick={(event) => {
        const end = box.current?.lastElementChild;
        if (event.target === box.current && end instanceof HTMLElement) end.focus();
      }}
    >
      {parts.map((part, index) =>
        typeof part === "string" ? (
          <input
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are known by their place.
            key={index}
            id={index === parts.length - 1 ? id : undefined}
            type="text"
            value={part}
            disabled={disabled}
            autoComplete="off"
            spellCheck={false}
            className={index === parts.length - 1 ? "end" : part === "" ? "gap" : undefined}
            tabIndex={part === "" && index < parts.length - 1 ? -1 : undefined}
            size={Math.max(1, part.length)}
            placeholder={parts.length === 1 ? t("Text, or insert a value") : undefined}
            aria-label={t("{name}, text", { name })}
            aria-invalid={wrong}
            aria-describedby={props.describedBy}
            onChange={(event) => {
              const from = starts[index] ?? 0;
              const text = event.target.value;
              const at = from + (event.target.selectionStart ?? text.length);
              put(value.slice(0, from) + text + value.slice(from + part.length), at);
            }}
            onSelect={(event) => {
              last.current = (starts[index] ?? 0) + (event.currentTarget.selectionStart ?? 0);
            }}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        ) : (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are known by their place.
            key={index}
            type="button"
            className="tok"
            title={part.source}
            aria-label={t("{label}: change or remove", { label: labelOf(part) })}
            aria-expanded={opened === index}
            onClick={() => onOpen(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {labelOf(part)}
          </button>
        ),
      )}
    </div>
  );
}

/** Parts with a text, if only an empty one, before, between and after the variables. */
export function alternating(parts: readonly Part[]): Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    if (typeof part !== "string" && typeof all.at(-1) !== "string") all.push("");
    all.push(part);
  }
  if (typeof all.at(-1) !== "string") all.push("");
  return all;
}

function startsOf(parts: readonly Part[]): number[] {
  return parts.map((_, index) => textOf(parts.slice(0, index)).length);
}

/** A value with another text in the place of one of its parts. */
export function replaced(value: string, index: number, text: string): string {
  return alternating(parse(value))
    .map((part, place) => (place === index ? text : writtenOf(part)))
    .join("");
}
