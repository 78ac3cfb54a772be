import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Icon } from "./Icon";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon?: string;
  readonly look?: "primary" | "ghost" | "warn" | "danger";
  /** The control's name when it shows an icon only. */
  readonly label?: string;
  readonly testId?: string;
  readonly children?: ReactNode;
}

export function Button({ icon, look, label, testId, children, className, ...rest }: Props) {
  const bare = children === undefined || children === null;
  const classes = ["btn", look, bare ? "icon" : null, className].filter(Boolean).join(" ");
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-label={label}
      title={bare ? label : rest.title}
      data-testid={testId}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}
