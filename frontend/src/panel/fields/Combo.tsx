import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { t } from "../../i18n";
import { Icon } from "../../ui/Icon";
import { asText, describedBy, type FieldProps } from "./field";

export interface Choice {
  readonly value: string;
  /** What is searched for. */
  readonly words: string;
  readonly content: ReactNode;
}

interface Props extends FieldProps {
  readonly choices: readonly Choice[];
  readonly placeholder: string;
  /** Shown in the closed control instead of the bare value. */
  readonly shown?: ReactNode;
  readonly status?: ReactNode;
  onChoose(value: string): void;
  /** The choices are searched elsewhere: called with what is typed, null when the list closes. */
  onSearch?(typed: string | null): void;
}

/** A text field with a list of known values: any text may be typed, a known one may be picked. */
export function Combo(props: Props) {
  const { id, value, disabled, choices, placeholder, shown, status, onChange, onChoose } = props;
  const { onSearch } = props;
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const text = typed ?? asText(value);
  const found = typed && !onSearch ? choices.filter((choice) => matches(choice, typed)) : choices;
  useCloseOutside(box, () => close());

  const close = () => {
    setOpen(false);
    setTyped(null);
    setActive(-1);
    onSearch?.(null);
  };
  const choose = (choice: Choice) => {
    onChoose(choice.value);
    close();
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((active + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter" && open && found[active]) {
      event.preventDefault();
      choose(found[active]);
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      close();
    }
  };

  const covered = !open && shown !== undefined && shown !== null;
  return (
    <div className={covered ? "combo covered" : "combo"} ref={box}>
      <input
        ref={input}
        id={id}
        className="in mono"
        role="combobox"
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        disabled={disabled}
        placeholder={placeholder}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
          setActive(-1);
          onSearch?.(event.target.value.trim());
          onChange(event.target.value.trim());
        }}
        onClick={() => setOpen(true)}
        onFocus={(event) => event.target.select()}
        onBlur={(event) => {
          if (!box.current?.contains(event.relatedTarget)) close();
        }}
        onKeyDown={onKeyDown}
        {...describedBy(props)}
      />
      {covered ? <div className="combo-shown">{shown}</div> : null}
      <Icon name="chevron-down" small />
      {open ? (
        <div className="combo-list" id={listId} role="listbox" aria-label={placeholder}>
          {found.map((choice, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus.
            <div
              key={choice.value}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === active || choice.value === value}
              className={index === active ? "active" : undefined}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(choice)}
              onKeyDown={undefined}
            >
              {choice.content}
            </div>
          ))}
          {found.length === 0 ? <p className="help">{status ?? t("Nothing matches.")}</p> : null}
        </div>
      ) : null}
    </div>
  );
}

const matches = ({ words, value }: Choice, typed: string) =>
  `${words} ${value}`.toLowerCase().includes(typed.toLowerCase());

function useCloseOutside(box: React.RefObject<HTMLElement | null>, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) latest.current();
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, [box]);
}
