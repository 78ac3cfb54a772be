import { type CSSProperties, type ReactNode, useId, useRef, useState } from "react";
import { Button } from "./Button";

interface Props {
  readonly label: string;
  readonly icon?: string;
  readonly look?: "primary" | "ghost" | "warn";
  readonly testId?: string;
  readonly text?: ReactNode;
  readonly className?: string;
  readonly children: (close: () => void) => ReactNode;
}

/** A button with a native popover beside it: Esc and a click outside close it, the focus returns. */
export function Menu({ label, icon, look, testId, text, className, children }: Props) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<CSSProperties>({});
  const wrapper = useRef<HTMLSpanElement>(null);

  return (
    <span ref={wrapper} className="menu-at">
      <Button
        label={label}
        {...(icon ? { icon } : {})}
        {...(look ? { look } : {})}
        {...(testId ? { testId } : {})}
        {...(className ? { className } : {})}
        popoverTarget={id}
        aria-expanded={open}
        aria-haspopup="true"
        onClick={() => setPlace(beside(wrapper.current))}
      >
        {text}
      </Button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        className="pop"
        style={place}
        onToggle={(event) => {
          setOpen(event.newState === "open");
          requestAnimationFrame(() => setPlace((chosen) => onScreen(popover.current, chosen)));
        }}
      >
        {open ? children(() => popover.current?.hidePopover()) : null}
      </div>
    </span>
  );
}

const MARGIN = 8;
/** Lower than this part of the window it opens upwards. */
const LOW = 0.6;

function beside(wrapper: HTMLElement | null): CSSProperties {
  const box = wrapper?.getBoundingClientRect();
  if (!box) return {};
  const right = Math.max(MARGIN, window.innerWidth - box.right);
  const above = box.bottom > window.innerHeight * LOW;
  return above
    ? { bottom: window.innerHeight - box.top + 6, right }
    : { top: box.bottom + 6, right };
}

/** Opened under a button near the left edge, it moves to the right until all of it is seen. */
function onScreen(popover: HTMLElement | null, place: CSSProperties): CSSProperties {
  const box = popover?.getBoundingClientRect();
  if (!box || box.width === 0 || box.left >= MARGIN) return place;
  return { ...place, right: Math.max(MARGIN, window.innerWidth - MARGIN - box.width) };
}

interface ItemProps {
  readonly icon: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly keys?: string;
  readonly children: ReactNode;
}

export function MenuItem({ icon, onClick, disabled = false, keys, children }: ItemProps) {
  return (
    <Button className="mi" look="ghost" icon={icon} onClick={onClick} disabled={disabled}>
      <span className="grow">{children}</span>
      {keys ? <kbd>{keys}</kbd> : null}
    </Button>
  );
}
