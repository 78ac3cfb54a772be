/**
 * Texts with variables of the call: `{CallFrom}` and `${{ nodes.lookup.json.name ?? "there" }}`.
 *
 * The same rule as `applets/variables.py` and `applets/expressions/shape.py`, read only: nothing is worked
 * out here. An expression that is more than a path has no root: what it gives, the server knows.
 */
import { isName, unquoted, type Word, wordsIn } from "./expression_words";

export interface Variable {
  /** As it stands in the text, braces and all. */
  readonly source: string;
  /** What stands between `${{` and `}}`; null for `{name}`. */
  readonly path: string | null;
  /** The same without the cut and the default. */
  readonly head: string;
  /** Whether more can be written after it as it is: `name.trim()`, but not `a + b`. */
  readonly chain: boolean;
  /** Empty for an expression that is no path. */
  readonly root: string;
  readonly keys: readonly string[];
  readonly fallback: string | null;
  /** How many characters `.slice(0, n)` leaves. */
  readonly atMost: number | null;
}

export type Part = string | Variable;

const OPENING = /\$\{\{|\{([A-Za-z_]\w{0,63})\}/g;
const LITERALS: ReadonlySet<string> = new Set([
  "true",
  "false",
  "null",
  "undefined",
  "NaN",
  "Infinity",
]);
const isQuoted = (text: string) => /^["']/.test(text);
const isNumber = (text: string) => /^[.\d]/.test(text);

function readExpression(text: string, start: number): { variable: Variable; end: number } | null {
  const read = wordsIn(text, start);
  if (!read) return null;
  const { words, end } = read;
  const inner = text.slice(start, end - 2);
  const { fallback, rest } = withoutDefault(words);
  const chain = isChain(rest);
  const { atMost, base } = chain ? withoutCut(rest) : { atMost: null, base: rest };
  const after = words[base.length]?.at ?? end - 2;
  const variable = {
    source: `\${{${inner}}}`,
    path: inner.trim(),
    head: text.slice(start, after).trim(),
    chain,
    ...pathOf(base),
    fallback,
    atMost,
  };
  return { variable, end };
}

/** `… ?? "there"`, unless the default belongs to a part only. */
function withoutDefault(words: readonly Word[]): {
  fallback: string | null;
  rest: readonly Word[];
} {
  const none = { fallback: null, rest: words };
  const last = words.at(-1);
  if (!last || words.some(({ text, depth }) => depth === 0 && text === "?")) return none;
  if (words.at(-2)?.text === "??" && isQuoted(last.text)) {
    return { fallback: unquoted(last.text), rest: words.slice(0, -2) };
  }
  if (!isNumber(last.text)) return none;
  const negative = words.at(-2)?.text === "-" && words.at(-3)?.text === "??";
  if (!negative && words.at(-2)?.text !== "??") return none;
  const number = String(Number(last.text));
  return { fallback: negative ? `-${number}` : number, rest: words.slice(0, negative ? -3 : -2) };
}

const isChain = (words: readonly Word[]) =>
  words.every(({ text, kind, depth }) => depth > 0 || (kind !== "sign" && text !== "typeof"));

/** `….slice(0, 30)` at the end. */
function withoutCut(words: readonly Word[]): { atMost: number | null; base: readonly Word[] } {
  const written = words.slice(-7).map(({ text }) => text);
  const [dot, slice, open, zero, comma, length = "", close] = written;
  const isCut =
    (dot === "." || dot === "?.") &&
    [slice, open, zero, comma, close].join(" ") === "slice ( 0 , )" &&
    /^\d{1,6}$/.test(length);
  return isCut && words.length > 7
    ? { atMost: Number(length), base: words.slice(0, -7) }
    : { atMost: null, base: words };
}

const NO_PATH = { root: "", keys: [] };

function pathOf(words: readonly Word[]): { root: string; keys: readonly string[] } {
  const [first, ...others] = words.map(({ text }) => text);
  if (first === undefined || !isName(first) || LITERALS.has(first)) return NO_PATH;
  const keys: string[] = [];
  for (let at = 0; at < others.length; ) {
    const dot = others[at] === "." || others[at] === "?.";
    const [key = "", ...bracket] = others.slice(at + (dot ? 1 : 0));
    if (key === "[" && others[at] !== ".") {
      const [index = "", close] = bracket;
      if (close !== "]" || !(isQuoted(index) || /^\d{1,6}$/.test(index))) return NO_PATH;
      keys.push(isQuoted(index) ? unquoted(index) : index);
      at += dot ? 4 : 3;
    } else {
      if (!dot || !isName(key)) return NO_PATH;
      keys.push(key);
      at += 2;
    }
  }
  return keys.includes("length") ? NO_PATH : { root: first, keys };
}

const named = (source: string, name: string): Variable => ({
  source,
  path: null,
  head: name,
  chain: true,
  root: name,
  keys: [],
  fallback: null,
  atMost: null,
});

/** Cut a text into literal pieces and variables. An expression that cannot be read stays text. */
export function parse(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  let at = 0;
  for (;;) {
    OPENING.lastIndex = at;
    const opening = OPENING.exec(text);
    if (!opening) break;
    at = opening.index + opening[0].length;
    const name = opening[1];
    const read = name === undefined ? readExpression(text, at) : null;
    if (name === undefined && !read) continue;
    if (opening.index > from) parts.push(text.slice(from, opening.index));
    parts.push(read?.variable ?? named(opening[0], name ?? ""));
    at = read?.end ?? at;
    from = at;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}

/** Whether a text begins an expression that is not finished, or not readable. */
export const isBroken = (parts: readonly Part[]) =>
  parts.some((part) => typeof part === "string" && part.includes("${{"));

export const writtenOf = (part: Part) => (typeof part === "string" ? part : part.source);

export const textOf = (parts: readonly Part[]) => parts.map(writtenOf).join("");

/** The same expression with another cut or default. */
export function pathWith(
  variable: Variable,
  change: { readonly atMost?: number | null; readonly fallback?: string | null },
): string {
  const atMost = change.atMost === undefined ? variable.atMost : change.atMost;
  const fallback = change.fallback === undefined ? variable.fallback : change.fallback;
  const head =
    variable.chain || (atMost === null && fallback === null) ? variable.head : `(${variable.head})`;
  const cut = atMost === null ? "" : `.slice(0, ${atMost})`;
  const quote = fallback?.includes('"') ? "'" : '"';
  const said = fallback?.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  const otherwise = fallback === null ? "" : ` ?? ${quote}${said}${quote}`;
  return `\${{ ${head}${cut}${otherwise} }}`;
}
