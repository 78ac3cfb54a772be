/** What the panel can say about settings before the server does. The server decides. */
import type { JsonSchema, Settings } from "../api/types";
import { t } from "../i18n";
import { type Field, isShown } from "./schema";

export type FieldErrors = Readonly<Record<string, string>>;

export function checkSettings(fields: readonly Field[], settings: Settings): FieldErrors {
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const error = isShown(field, settings) ? errorOf(field, settings[field.key]) : null;
    if (error) errors[field.key] = error;
  }
  return errors;
}

function errorOf(field: Field, value: unknown): string | null {
  if (isEmpty(value)) return field.required ? t("Fill this in.") : null;
  if (typeof value === "string") return textError(field.schema, value) ?? formError(field, value);
  if (typeof value === "number") return numberError(field.schema, value);
  if (Array.isArray(value)) return listError(field, value);
  return null;
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.length === 0;
}

function textError(schema: JsonSchema, value: string): string | null {
  if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    return t("Use at most {n} characters.", { n: schema.maxLength });
  }
  if (schema.minLength !== undefined && value.length < schema.minLength) {
    return t("Use at least {n} characters.", { n: schema.minLength });
  }
  return null;
}

function formError(field: Field, value: string): string | null {
  if (field.widget === "phone" && !looksLikePhone(value)) {
    return t("Write the number with its country code, such as +919876543210.");
  }
  if (field.widget === "url" && !/^https?:\/\/\S+$/.test(value) && !value.includes("{")) {
    return t("Write a whole address that begins with https://.");
  }
  if (field.schema.pattern && !matches(field.schema.pattern, value)) {
    return t("This does not have the expected form.");
  }
  return null;
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    return true;
  }
}

/** E.164, or something the flow fills in later. */
export function looksLikePhone(value: string): boolean {
  return /^\+\d{7,15}$/.test(value.replace(/[\s-]/g, "")) || value.includes("{");
}

/** A number, or a SIP address. */
export function looksRingable(value: string): boolean {
  return looksLikePhone(value) || /^sips?:[^@\s]+@[^@\s]+$/.test(value);
}

function numberError(schema: JsonSchema, value: number): string | null {
  const { minimum, maximum } = schema;
  if (minimum !== undefined && value < minimum) return t("At least {n}.", { n: minimum });
  if (maximum !== undefined && value > maximum) return t("At most {n}.", { n: maximum });
  if (schema.type === "integer" && !Number.isInteger(value)) return t("Use a whole number.");
  return null;
}

function listError(field: Field, list: readonly unknown[]): string | null {
  const { maxItems, minItems } = field.schema;
  if (maxItems !== undefined && list.length > maxItems)
    return t("At most {n} rows.", { n: maxItems });
  if (minItems !== undefined && list.length < minItems)
    return t("At least {n} rows.", { n: minItems });
  if (field.widget === "phone_list" && !list.every((item) => looksRingable(String(item)))) {
    return t("Write each number with its country code, such as +919876543210.");
  }
  if (field.widget === "key_list") return keyListError(list);
  return null;
}

function keyListError(list: readonly unknown[]): string | null {
  const keys = list.map((item) => String((item as { digit?: unknown }).digit ?? ""));
  if (keys.includes("")) return t("Choose a key for every row.");
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice === undefined ? null : t("Key {key} is offered twice.", { key: twice });
}
