/**
 * Whether the values in a message can fit the variables of its template, in the worst case.
 *
 * The same rule, in the same words, as `flows/value_issues.py`, which judges when the flow is saved and
 * published. Both pass `tests/cases/worst_case_cases.json`.
 */
import { t } from "../i18n";
import { align } from "./align";
import {
  isBroken,
  type Part,
  parse,
  pathWith,
  textOf,
  type Variable,
  writtenOf,
} from "./expressions";
import type { Extent, Extents } from "./extents";
import type { Shape, Slot } from "./template";

export interface Finding {
  readonly severity: "error" | "warning" | "hint";
  readonly code: string;
  readonly variable: number;
  readonly message: string;
  readonly fix: string | null;
  /** The value as the fix makes it. */
  readonly repaired?: string;
}

/** What is to be said of one slot, and how much of its room is taken. */
export interface Judged {
  readonly slot: Slot;
  readonly parts: readonly Part[];
  readonly extent: Extent;
  readonly findings: readonly Finding[];
}

const isCallSid = (part: Part) =>
  typeof part === "object" && part.path === null && part.root === "CallSid";

/** Judge a body, slot by slot; null when the static text is not the template's. */
export function judgeBody(shape: Shape, body: string, extents: Extents): Judged[] | null {
  const faultless = (slot: Slot, parts: readonly Part[]) =>
    findingsOf(slot, parts, extents).length === 0;
  const possible = (slot: Slot, parts: readonly Part[]) =>
    findingsOf(slot, parts, extents).every(({ severity }) => severity !== "error");
  const filled = align(shape, body, faultless, possible);
  return filled && judge(shape, filled, extents);
}

/** Judge values that are known one by one. */
export const judgeValues = (shape: Shape, values: readonly string[], extents: Extents) =>
  judge(
    shape,
    values.map((value) => parse(value.normalize("NFC"))),
    extents,
  );

const judge = (shape: Shape, filled: readonly (readonly Part[])[], extents: Extents): Judged[] =>
  shape.slots.map((slot, index) => {
    const parts = filled[index] ?? [];
    const findings = findingsOf(slot, parts, extents);
    return { slot, parts, extent: extents.ofAll(parts), findings };
  });

export function findingsOf(slot: Slot, parts: readonly Part[], extents: Extents): Finding[] {
  const who = whoOf(slot);
  if (isBroken(parts)) {
    const told = t("an expression in {who} is not finished.", { who });
    const fix = t("End it with }}, as in ${{ nodes.lookup.json.name }}.");
    return [error(slot, "flows.invalid_setting", told, fix)];
  }
  const unset = parts.filter((part): part is Variable => extents.of(part) === null);
  if (unset.length > 0) return unset.map((part) => neverSet(slot, part));
  const extent = extents.ofAll(parts);
  if (extent.most === 0 || (parts.length === 1 && /^\s+$/.test(writtenOf(parts[0] ?? "")))) {
    const told = t("{who} is empty.", { who });
    return [error(slot, "dlt.value_does_not_fit", told, t("Fill it in."))];
  }
  return [...lengthFindings(slot, parts, extent, extents), ...kindFindings(slot, parts, extents)];
}

function whoOf({ first, last }: Slot): string {
  return first === last
    ? t("variable {n}", { n: first })
    : t("variables {first} to {last} together", { first, last });
}

const finding = (
  severity: Finding["severity"],
  slot: Slot,
  code: string,
  message: string,
  fix: string | null,
): Finding => ({ severity, code, variable: slot.first, message, fix });

const error = (slot: Slot, code: string, message: string, fix: string) =>
  finding("error", slot, code, message, fix);

function neverSet(slot: Slot, part: Variable): Finding {
  const told = t("nothing in this flow sets {value}, so a call has no value for it.", {
    value: part.source,
  });
  return finding("warning", slot, "flows.variable_never_set", told, t("Choose another variable."));
}

function lengthFindings(
  slot: Slot,
  parts: readonly Part[],
  extent: Extent,
  extents: Extents,
): Finding[] {
  const who = whoOf(slot);
  const { limit } = slot;
  if (extent.least > limit) {
    const shorter = parts.map((part) => (isCallSid(part) ? (parse("{CallRef}")[0] ?? part) : part));
    if (parts.some(isCallSid) && extents.ofAll(shorter).least <= limit) {
      const told = t("{CallSid} has 32 characters; {who} holds {limit} at most.", { who, limit });
      const fix = t("Use {CallRef}, which has 10.");
      return [{ ...error(slot, "dlt.call_sid_too_long", told, fix), repaired: textOf(shorter) }];
    }
    const told = t("{who} has at least {n} characters; its limit is {limit}.", {
      who,
      n: extent.least,
      limit,
    });
    return [error(slot, "dlt.value_does_not_fit", told, t("Shorten it."))];
  }
  if (extent.most !== null && extent.most <= limit) return [];
  const culprit = parts.find((part) => extents.ofAll([part]).most === null);
  const told =
    culprit === undefined
      ? t("{who} can have {n} characters; its limit is {limit}.", {
          who,
          n: extent.most ?? 0,
          limit,
        })
      : t("{value} may be longer than the limit of {limit} of {who}.", {
          value: writtenOf(culprit),
          limit,
          who,
        });
  const shortened = shorten(culprit, parts, limit, extents);
  const { fix, repaired } = shortened;
  const found = finding("warning", slot, "dlt.value_may_not_fit", told, fix);
  return [repaired === undefined ? found : { ...found, repaired }];
}

/** The advice to cut the value, if a rule can be written for it that leaves room. */
function shorten(
  culprit: Part | undefined,
  parts: readonly Part[],
  limit: number,
  extents: Extents,
): { readonly fix: string; readonly repaired?: string } {
  if (culprit === undefined) return { fix: t("Shorten it.") };
  const others = extents.ofAll(parts.filter((part) => part !== culprit)).most;
  const room = others === null ? 0 : limit - others;
  if (typeof culprit === "string" || room < 1) {
    return { fix: t("Shorten what stands beside it.") };
  }
  const cut = pathWith(culprit, { atMost: room });
  const repaired = textOf(parts.map((part) => (part === culprit ? cut : part)));
  return { fix: t("Cut it: {path}", { path: cut }), repaired };
}

function kindFindings(slot: Slot, parts: readonly Part[], extents: Extents): Finding[] {
  const { rule } = slot;
  const must = t("{who} must be {wanted}", { who: whoOf(slot), wanted: rule.wanted });
  const extent = extents.ofAll(parts);
  const other = t("Use another value.");
  if (rule.allows === null) {
    if (extent.characters === null) {
      return [hint(slot, t("{must}; make sure that the call brings one.", { must }))];
    }
    if (rule.accepts(extent.sample)) return [];
    const told = t("{must}, found “{found}”.", { must, found: extent.sample });
    return [error(slot, "dlt.value_does_not_fit", told, other)];
  }
  const { allows } = rule;
  for (const part of parts) {
    const { sample, characters } = extents.ofAll([part]);
    const bad = [...sample].find((character) => !allows(character));
    if (characters === null || bad === undefined) continue;
    const value = typeof part === "string" ? `“${part}”` : part.source;
    const told =
      bad === "\n"
        ? t("{must}; a line break is in it.", { must })
        : t("{must}; {value} has “{bad}” in it.", { must, value, bad });
    return [error(slot, "dlt.value_does_not_fit", told, other)];
  }
  return possibleKind(slot, must, extent, allows);
}

function possibleKind(
  slot: Slot,
  must: string,
  { characters }: Extent,
  allows: (character: string) => boolean,
): Finding[] {
  if (allows("\u2603")) return [];
  if (characters === null) {
    return [hint(slot, t("{must}; make sure that the call brings nothing else.", { must }))];
  }
  const bad = [...characters].filter((character) => !allows(character)).sort()[0];
  if (bad === undefined) return [];
  const told = t("{must}, but “{bad}” can come in it.", { must, bad });
  return [finding("warning", slot, "dlt.value_may_not_fit", told, null)];
}

const hint = (slot: Slot, told: string) =>
  finding("hint", slot, "dlt.value_may_not_fit", told, null);
