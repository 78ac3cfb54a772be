import type { SelectHTMLAttributes } from "react";
import { Icon } from "./Icon";

/** A native select in the look of the other fields. */
export function Pick({ className, ...rest }: SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <span className={className ? `pick ${className}` : "pick"}>
      <select {...rest} className="in" />
      <Icon name="chevron-down" small />
    </span>
  );
}
