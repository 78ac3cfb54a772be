/** The cases of a condition as the panel edits them: rows of subject, operator and value. */
import { clockAt } from "./local_time";
import { DAYS } from "./opening_hours";

export const SUBJECTS = [
  "caller",
  "called",
  "caller_type",
  "caller_country",
  "digits",
  "time",
  "weekday",
  "variable",
  "result",
] as const;
export type Subject = (typeof SUBJECTS)[number];

export type Operator =
  | "is"
  | "is_not"
  | "one_of"
  | "starts_with"
  | "contains"
  | "greater"
  | "less"
  | "between"
  | "is_set"
  | "is_not_set"
  | "matches";

export interface Rule {
  readonly subject: Subject;
  /** Of a variable; of a result the way to it. */
  readonly name: string;
  readonly operator: Operator;
  /** A list for `one_of` and `between`. */
  readonly value: string | readonly string[];
}

export interface Case {
  readonly port: string;
  readonly name: string;
  readonly mode: "rules" | "expression";
  readonly match: "all" | "any";
  readonly rules: readonly Rule[];
  readonly expression: string;
}

export const MOST_RULES = 10;
export const MOST_VALUES = 50;

const NUMBER: readonly Operator[] = [
  "is",
  "is_not",
  "one_of",
  "starts_with",
  "is_set",
  "is_not_set",
  "matches",
];
const ANY: readonly Operator[] = [
  "is",
  "is_not",
  "one_of",
  "starts_with",
  "contains",
  "greater",
  "less",
  "between",
  "is_set",
  "is_not_set",
  "matches",
];

/** The same table as `applets/rules.py`; the first is what a new row begins with. */
export const OPERATORS: Readonly<Record<Subject, readonly Operator[]>> = {
  caller: NUMBER,
  called: NUMBER,
  caller_type: ["is", "is_not"],
  caller_country: ["is", "is_not", "one_of"],
  digits: ANY,
  time: ["between", "less", "greater"],
  weekday: ["is", "is_not", "one_of"],
  variable: ANY,
  result: ANY,
};

export const NUMBER_TYPES = [
  "can_receive_sms",
  "mobile",
  "fixed_line",
  "toll_free",
  "unknown",
] as const;

/** What one value of a row is written with. */
export type Control =
  | "phone"
  | "type"
  | "country"
  | "time"
  | "weekday"
  | "keys"
  | "number"
  | "text";

export function controlOf(subject: Subject, operator: Operator): Control {
  if (operator === "matches") return "text";
  switch (subject) {
    case "caller":
    case "called":
      return operator === "starts_with" ? "text" : "phone";
    case "caller_type":
      return "type";
    case "caller_country":
      return "country";
    case "time":
      return "time";
    case "weekday":
      return "weekday";
    default:
  }
  if (["greater", "less", "between"].includes(operator)) return "number";
  return subject === "digits" ? "keys" : "text";
}

/** How many values a row has: none, one, two ends, or a list. */
export type Count = "none" | "one" | "two" | "list";

export function countOf(operator: Operator): Count {
  if (operator === "is_set" || operator === "is_not_set") return "none";
  if (operator === "between") return "two";
  return operator === "one_of" ? "list" : "one";
}

export const valuesOf = ({ value }: Rule): readonly string[] =>
  typeof value === "string" ? [value] : value;

const FIRST: Readonly<Partial<Record<Control, string>>> = {
  type: "can_receive_sms",
  weekday: DAYS[0],
};

/** The same row about something else: the operator stays if it can, the value begins anew. */
export function withSubject(rule: Rule, subject: Subject): Rule {
  const possible = OPERATORS[subject];
  const operator = possible.includes(rule.operator) ? rule.operator : (possible[0] ?? "is");
  return withValues({ subject, name: "", operator, value: "" }, []);
}

/** The same row with another comparison: values that still fit stay. */
export function withOperator(rule: Rule, operator: Operator): Rule {
  const same = controlOf(rule.subject, rule.operator) === controlOf(rule.subject, operator);
  return withValues({ ...rule, operator }, same ? valuesOf(rule) : []);
}

function withValues(rule: Rule, kept: readonly string[]): Rule {
  const count = countOf(rule.operator);
  const first = FIRST[controlOf(rule.subject, rule.operator)] ?? "";
  if (count === "none") return { ...rule, value: "" };
  if (count === "one") return { ...rule, value: kept[0] ?? first };
  if (count === "list") return { ...rule, value: kept.length > 0 ? kept : [first] };
  const ends = rule.subject === "time" ? [clockAt(9 * 60), clockAt(18 * 60)] : ["", ""];
  return { ...rule, value: [kept[0] || ends[0] || "", kept[1] || ends[1] || ""] };
}

export const newRule = (): Rule => ({ subject: "caller", name: "", operator: "is", value: "" });

/** A case with a port of its own: its name may change, what is connected to it stays. */
export function newCase(cases: readonly Case[], nameOf: (n: number) => string): Case {
  const taken = new Set(cases.map(({ port }) => port));
  let n = cases.length + 1;
  while (taken.has(`case_${n}`)) n += 1;
  return {
    port: `case_${n}`,
    name: nameOf(n),
    mode: "rules",
    match: "all",
    rules: [newRule()],
    expression: "",
  };
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const [item] = list.slice(from, from + 1);
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Read stored cases; what is no case or no row is left out. */
export function readCases(value: unknown): Case[] {
  return records(value).map((row) => ({
    port: text(row.port),
    name: text(row.name),
    mode: row.mode === "expression" ? "expression" : "rules",
    match: row.match === "any" ? "any" : "all",
    rules: records(row.rules).flatMap(readRule),
    expression: text(row.expression),
  }));
}

function readRule(row: Readonly<Record<string, unknown>>): Rule[] {
  const subject = SUBJECTS.find((known) => known === row.subject);
  const operator = ANY.find((known) => known === row.operator);
  if (!subject || !operator) return [];
  const value = Array.isArray(row.value) ? row.value.map(text) : text(row.value);
  return [{ subject, name: text(row.name), operator, value }];
}

const records = (value: unknown) =>
  (Array.isArray(value) ? value : []).filter(
    (row): row is Readonly<Record<string, unknown>> => typeof row === "object" && row !== null,
  );

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
