import type { Settings } from "../../api/types";
import type { Field } from "../../model/schema";

/** What every field component gets. `form` is for fields that fill in their neighbours. */
export interface FieldProps {
  readonly field: Field;
  readonly id: string;
  readonly value: unknown;
  readonly error: string | null;
  readonly disabled: boolean;
  onChange(value: unknown): void;
  readonly form: {
    readonly values: Settings;
    readonly fields: readonly Field[];
    change(values: Settings): void;
  };
}

export const asText = (value: unknown) =>
  value === null || value === undefined ? "" : String(value);

/** Attributes that tie a control to its help and its error. */
export function describedBy({ field, id, error }: Pick<FieldProps, "field" | "id" | "error">) {
  const ids = [field.description ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean);
  return {
    "aria-invalid": error !== null,
    "aria-required": field.required,
    ...(ids.length > 0 ? { "aria-describedby": ids.join(" ") } : {}),
  };
}

/** The key of the neighbour that has a widget: the SMS fields know each other by it. */
export const neighbourKey = (fields: readonly Field[], widget: string) =>
  fields.find((field) => field.widget === widget)?.key ?? null;
