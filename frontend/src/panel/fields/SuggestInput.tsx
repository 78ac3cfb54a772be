import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { type Place, placeIn, type Suggestion, suggestionsFor } from "../../model/suggestions";
import { useKnownNames } from "../useKnownNames";

interface Props {
  readonly id?: string | undefined;
  readonly label?: string;
  readonly value: string;
  /** A text has expressions in `${{ }}`; an expression is one. */
  readonly mode: "expression" | "text";
  readonly rows?: number;
  readonly disabled: boolean;
  readonly placeholder?: string | undefined;
  readonly maxLength?: number | undefined;
  readonly described?: Readonly<Record<string, unknown>>;
  onChange(value: string): void;
}

/** A text field that offers the names, fields and functions that can be written next. */
export function SuggestInput(props: Props) {
  const { value, mode, disabled, onChange } = props;
  const listId = useId();
  const known = useKnownNames();
  const input = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const [active, setActive] = useState(-1);
  const offered = place ? suggestionsFor(place, known) : [];
  const open = offered.length > 0 && !(offered.length === 1 && offered[0]?.insert === place?.typed);

  useLayoutEffect(() => {
    if (caret.current === null) return;
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  const look = (text: string, at: number) => {
    const found = placeIn(text, at, mode);
    setPlace(found);
    setActive(found && (found.typed !== "" || found.owner !== null) ? 0 : -1);
  };
  const close = () => setPlace(null);
  const choose = ({ insert, back }: Suggestion) => {
    if (!place) return;
    const end = place.from + place.typed.length;
    const text = value.slice(0, place.from) + insert + value.slice(end);
    caret.current = place.from + insert.length - back;
    close();
    onChange(text);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const chosen = offered[active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive(
        active < 0 && step < 0
          ? offered.length - 1
          : (active + step + offered.length) % offered.length,
      );
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen) {
      choose(chosen);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      close();
      return;
    } else return;
    event.preventDefault();
  };

  return (
    <div className="combo grow">
      <textarea
        ref={input}
        id={props.id}
        className="in mono expr"
        rows={props.rows ?? 2}
        aria-label={props.label}
        aria-controls={open ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={value}
        disabled={disabled}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        onChange={(event) => {
          onChange(event.target.value);
          look(event.target.value, event.target.selectionStart);
        }}
        onClick={(event) => look(value, event.currentTarget.selectionStart)}
        onBlur={close}
        onKeyDown={onKeyDown}
        {...props.described}
      />
      {open ? <Offers id={listId} offered={offered} active={active} onChoose={choose} /> : null}
    </div>
  );
}

interface OffersProps {
  readonly id: string;
  readonly offered: readonly Suggestion[];
  readonly active: number;
  onChoose(chosen: Suggestion): void;
}

function Offers({ id, offered, active, onChoose }: OffersProps) {
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what became active must be seen.
  useLayoutEffect(() => {
    list.current?.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }, [active, offered.length]);
  return (
    <div className="combo-list" id={id} role="listbox" ref={list}>
      {offered.map((one, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus.
        <div
          key={one.name + one.insert + one.about}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={index === active ? "active" : undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(one)}
          onKeyDown={undefined}
        >
          <span className="grow">
            <code>{one.name}</code>
            <small>{one.about}</small>
            {one.example ? <small className="such mono">{one.example}</small> : null}
          </span>
          {one.sample ? <small className="mono">{one.sample}</small> : null}
        </div>
      ))}
    </div>
  );
}
