/** What follows from choosing a template: its entity, a header of it, and the text. */
import type { TemplateBase } from "../api/dlt";
import type { Settings } from "../api/types";
import { t, tn } from "../i18n";
import { isEmpty } from "../model/checks";
import { carry, firstValues } from "../model/compose";
import { textOf } from "../model/expressions";
import type { Extents } from "../model/extents";
import type { Field } from "../model/schema";
import { fill, type Shape, shapeOf } from "../model/template";
import { judgeBody } from "../model/worst_case";
import { asText, neighbourKey } from "./fields/field";

export interface Form {
  readonly values: Settings;
  readonly fields: readonly Field[];
}

export interface Choice {
  readonly changes: Settings;
  /** What was in the message and has no place any more. */
  readonly dropped: readonly string[];
}

/** Entity always follows; the header only where the one that is there is not linked. */
function registration(row: TemplateBase, { values, fields }: Form): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  const templateKey = neighbourKey(fields, "template");
  const entityKey = neighbourKey(fields, "entity");
  const headerKey = neighbourKey(fields, "header");
  if (templateKey) changes[templateKey] = row.template_id;
  if (entityKey) changes[entityKey] = row.entity;
  const [header] = row.headers;
  if (headerKey && header && !row.headers.includes(asText(values[headerKey]))) {
    changes[headerKey] = header;
  }
  return changes;
}

/** Take a template; values of the one before stay where they fit. */
export function choose(
  row: TemplateBase,
  before: TemplateBase | null,
  form: Form,
  extents: Extents,
): Choice {
  const changes = registration(row, form);
  const messageKey = neighbourKey(form.fields, "message");
  if (!messageKey) return { changes, dropped: [] };
  const shape = shapeOf(row);
  const { body, dropped } = bodyIn(shape, asText(form.values[messageKey]), before, extents);
  return { changes: { ...changes, [messageKey]: body }, dropped };
}

/** Take the template of a text that is its own: pasted, or repaired. */
export function adopt(row: TemplateBase, body: string, form: Form, extents: Extents): Settings {
  const messageKey = neighbourKey(form.fields, "message");
  const changes = registration(row, form);
  return messageKey
    ? { ...changes, [messageKey]: asRegistered(shapeOf(row), body, extents) }
    : changes;
}

/** A text with its registered parts byte for byte, where they can be told. */
function asRegistered(shape: Shape, body: string, extents: Extents): string {
  const judged = judgeBody(shape, body, extents);
  if (!judged) return body;
  return fill(
    shape,
    judged.map(({ parts }) => textOf(parts)),
  );
}

function bodyIn(shape: Shape, body: string, before: TemplateBase | null, extents: Extents) {
  const fresh = fill(shape, firstValues(shape, extents));
  if (isEmpty(body)) return { body: fresh, dropped: [] };
  const own = judgeBody(shape, body, extents);
  if (own) return { body: asRegistered(shape, body, extents), dropped: [] };
  const old = before && shapeOf(before);
  const filled = old && judgeBody(old, body, extents);
  if (!old || !filled) return { body, dropped: [] };
  const values = filled.map(({ parts }) => textOf(parts));
  if (values.join("\n") === firstValues(old, extents).join("\n"))
    return { body: fresh, dropped: [] };
  const carried = carry(values, shape, extents);
  return { body: fill(shape, carried.values), dropped: carried.dropped };
}

/** Say what had to go; null when nothing had. */
export function droppedText(dropped: readonly string[]): string | null {
  if (dropped.length === 0) return null;
  return tn(
    "{values} did not fit the new template and was dropped.",
    "{values} did not fit the new template and were dropped.",
    dropped.length,
    { values: dropped.map((value) => `“${value}”`).join(t(", ")) },
  );
}
