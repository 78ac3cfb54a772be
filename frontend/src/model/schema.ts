/** From the JSON Schema of an applet's settings to the fields of the properties panel. */
import type { Applet, JsonSchema, Settings, ShowWhen } from "../api/types";

export interface Option {
  readonly value: unknown;
  readonly label: string;
}

export interface Field {
  readonly key: string;
  readonly title: string;
  readonly description: string | null;
  readonly widget: string;
  readonly required: boolean;
  /** Left empty it still works, and nothing is chosen for the user. */
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly group: string | null;
  readonly showWhen: ShowWhen | null;
  readonly options: readonly Option[];
  readonly schema: JsonSchema;
}

export function fieldsOf(applet: Applet): Field[] {
  const required = new Set(applet.required ?? applet.schema.required ?? []);
  return Object.entries(applet.schema.properties ?? {}).map(([key, property]) => {
    const schema = resolve(property, applet.schema);
    return {
      key,
      title: schema.title ?? humanise(key),
      description: schema.description ?? null,
      widget: schema.widget ?? widgetFor(schema),
      required: required.has(key),
      optional: !required.has(key) && TYPED.has(schema.type ?? "") && isBlank(schema.default),
      nullable: isNullable(property),
      group: schema.group ?? null,
      showWhen: schema.show_when ?? null,
      options: optionsOf(schema),
      schema,
    };
  });
}

const TYPED: ReadonlySet<unknown> = new Set(["string", "array", "object"]);
const isBlank = (value: unknown) => value === undefined || value === null || value === "";

/** Replace references and unwrap "this or null"; what stands beside them is kept. */
function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref) {
    const target = root.$defs?.[schema.$ref.replace("#/$defs/", "")] ?? {};
    const { $ref: _, ...beside } = schema;
    return resolve({ ...target, ...beside }, root);
  }
  const choices = schema.anyOf ?? schema.allOf;
  const real = choices?.filter((choice) => choice.type !== "null") ?? [];
  if (choices && real.length === 1 && real[0]) {
    const { anyOf: _, allOf: __, ...beside } = schema;
    return resolve({ ...real[0], ...beside }, root);
  }
  const items = schema.items ? { items: resolve(schema.items, root) } : {};
  return { ...schema, ...items };
}

function isNullable(schema: JsonSchema): boolean {
  if (Array.isArray(schema.type)) return schema.type.includes("null");
  return schema.anyOf?.some((choice) => choice.type === "null") ?? false;
}

function widgetFor(schema: JsonSchema): string {
  if (optionsOf(schema).length > 0) return "select";
  if (schema.type === "boolean") return "toggle";
  if (schema.type === "integer" || schema.type === "number") return "number";
  if (schema.type === "object") return "key_value";
  return (schema.maxLength ?? 0) > 200 ? "textarea" : "text";
}

function optionsOf(schema: JsonSchema): Option[] {
  if (schema.options) return schema.options.map(({ value, label }) => ({ value, label }));
  if (schema.oneOf?.every((choice) => choice.const !== undefined)) {
    return schema.oneOf.map((choice) => ({
      value: choice.const,
      label: choice.title ?? humanise(String(choice.const)),
    }));
  }
  return (schema.enum ?? [])
    .filter((value) => value !== null)
    .map((value) => ({ value, label: humanise(String(value)) }));
}

const SPOKEN: Readonly<Record<string, string>> = {
  gsm: "GSM-7",
  unicode: "Unicode",
  url: "URL",
  get: "GET",
  post: "POST",
};

function humanise(key: string): string {
  const known = SPOKEN[key.toLowerCase()];
  if (known) return known;
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function isShown(field: Field, settings: Settings): boolean {
  if (!field.showWhen) return true;
  const value = settings[field.showWhen.setting];
  const wanted = field.showWhen.equals;
  return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
}
