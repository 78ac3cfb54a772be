/** What can be written next in an expression, by the word before the caret. */
import type { FunctionInfo } from "../api/expressions";
import type { Offered } from "./extents";

export interface Suggestion {
  /** What is shown. */
  readonly name: string;
  readonly about: string;
  readonly sample: string;
  /** Of a function. */
  readonly example: string;
  /** What is written instead of the word before the caret. */
  readonly insert: string;
  /** How many characters before its end the caret then stands. */
  readonly back: number;
}

export interface Known {
  /** Names that stand alone, and those after a dot of each of them. */
  readonly names: readonly Offered[];
  readonly fields: ReadonlyMap<string, readonly Offered[]>;
  readonly functions: readonly FunctionInfo[];
}

export interface Place {
  /** Where the word begins that is being written. */
  readonly from: number;
  readonly typed: string;
  /** What stands before its dot; null without a dot. */
  readonly owner: string | null;
}

const WORD =
  /((?:[A-Za-z_$][\w$]*|\)|\]|["'`])(?:\??\.[\w$]*)*)?(\??\.)([\w$]*)$|([A-Za-z_$][\w$]*)$/;
const MOST = 40;

/** The word before the caret; null within a text in quotes, where nothing is to be offered. */
export function placeIn(source: string, caret: number, mode: "expression" | "text"): Place | null {
  const before = source.slice(0, caret);
  const start = mode === "text" ? before.lastIndexOf("${{") + 3 : 0;
  if (mode === "text" && (start < 3 || before.indexOf("}}", start) >= 0)) return null;
  const inner = before.slice(start);
  if (isQuoted(inner)) return null;
  const found = WORD.exec(inner);
  if (!found) return inner.trim() === "" ? { from: caret, typed: "", owner: null } : null;
  const [, owner, dot, after, alone] = found;
  if (dot === undefined)
    return { from: caret - (alone ?? "").length, typed: alone ?? "", owner: null };
  const typed = after ?? "";
  return { from: caret - typed.length, typed, owner: (owner ?? "").replaceAll("?.", ".") };
}

/** Whether a text in quotes is open at the end. */
function isQuoted(text: string): boolean {
  const rest = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "");
  return /["'`]/.test(rest);
}

/** What fits the word, those that begin with it first. */
export function suggestionsFor(place: Place, known: Known): Suggestion[] {
  const { owner, typed } = place;
  const all =
    owner === null
      ? [...known.names.map(fromName), ...known.functions.filter(isFunction).map(fromFunction)]
      : afterDot(owner, known);
  const wanted = typed.toLowerCase();
  const having = all.filter(({ insert }) => insert.toLowerCase().includes(wanted));
  const first = having.filter(({ insert }) => insert.toLowerCase().startsWith(wanted));
  return [...first, ...having.filter((one) => !first.includes(one))].slice(0, MOST);
}

function afterDot(owner: string, known: Known): Suggestion[] {
  const family = known.functions.filter(
    (entry) => isFunction(entry) && entry.name.startsWith(`${owner}.`),
  );
  if (family.length > 0) {
    return family.map((entry) => shortened(fromFunction(entry), owner.length + 1));
  }
  const fields = known.fields.get(owner);
  if (fields) return fields.map(fromName);
  const methods = known.functions.filter((entry) => !isFunction(entry));
  return [...methods].sort((one, other) => rank(one) - rank(other)).map(fromFunction);
}

/** Most values are texts. */
const rank = ({ kind }: FunctionInfo) => (kind === "text" ? 0 : 1);

const isFunction = ({ kind }: FunctionInfo) => kind === "function";

const shortened = (one: Suggestion, from: number): Suggestion => ({
  ...one,
  name: one.name.slice(from),
  insert: one.insert.slice(from),
});

const fromName = ({ source, label, sample }: Offered): Suggestion => ({
  name: source,
  about: label,
  sample,
  example: "",
  insert: source,
  back: 0,
});

function fromFunction({ name, signature, description, example, result }: FunctionInfo): Suggestion {
  const takesNone = signature.endsWith("()");
  return {
    name: signature,
    about: description,
    sample: "",
    example: `${example} → ${result}`,
    insert: `${name}()`,
    back: takesNone ? 0 : 1,
  };
}
