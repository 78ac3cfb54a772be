/**
 * Texts with variables of the call: `{CallFrom}` and `${{ nodes.lookup.json.name ?? "there" }}`.
 *
 * The same rule as `applets/variables.py` and `applets/paths.py`, read only: nothing is looked up here.
 */

export interface Variable {
  /** As it stands in the text, braces and all. */
  readonly source: string;
  /** What stands between `${{` and `}}`; null for `{name}`. */
  readonly path: string | null;
  readonly root: string;
  readonly keys: readonly string[];
  readonly fallback: string | null;
  /** How many characters `.slice(0, n)` leaves. */
  readonly atMost: number | null;
}

export type Part = string | Variable;

const LONGEST = 500;
const OPENING = /\$\{\{|\{([A-Za-z_]\w{0,63})\}/g;
const NAME = "[A-Za-z_$][\\w$]*";
const TEXT = `"[^"\\\\\\n]*"|'[^'\\\\\\n]*'`;
const KEY = `\\s*(?:\\?\\.\\s*)?\\[\\s*(?:\\d{1,6}|${TEXT})\\s*\\]|\\s*\\??\\.\\s*${NAME}`;
const PATH = new RegExp(
  `(\\s*(${NAME})((?:${KEY})*)(\\s*\\(\\s*0\\s*,\\s*(\\d{1,6})\\s*\\))?` +
    `\\s*(?:\\?\\?\\s*(${TEXT}|-?\\d{1,15}(?:\\.\\d{1,15})?))?)\\s*\\}\\}`,
  "y",
);
const ONE_KEY = new RegExp(`\\[\\s*(?:(\\d+)|(${TEXT}))\\s*\\]|(${NAME})`, "g");

const unquoted = (text: string) => (/^["']/.test(text) ? text.slice(1, -1) : text);

function readPath(text: string, start: number): { variable: Variable; end: number } | null {
  PATH.lastIndex = start;
  const found = PATH.exec(text);
  if (!found || found[0].length > LONGEST) return null;
  const [whole, inner = "", root = "", written = "", slice, atMost, fallback] = found;
  const keys = [...written.matchAll(ONE_KEY)].map(
    ([, index, quoted, name]) => index ?? name ?? unquoted(quoted ?? ""),
  );
  if (slice !== undefined && keys.pop() !== "slice") return null;
  const variable = {
    source: `\${{${whole}`,
    path: inner.trim(),
    root,
    keys,
    fallback: fallback === undefined ? null : unquoted(fallback),
    atMost: atMost === undefined ? null : Number(atMost),
  };
  return { variable, end: start + whole.length };
}

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
    const read = name === undefined ? readPath(text, at) : null;
    if (name === undefined && !read) continue;
    if (opening.index > from) parts.push(text.slice(from, opening.index));
    parts.push(
      read?.variable ?? {
        source: opening[0],
        path: null,
        root: name ?? "",
        keys: [],
        fallback: null,
        atMost: null,
      },
    );
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

/** Write a path with another cut, and the default it has. */
export function pathWith(
  variable: Variable,
  change: { readonly atMost?: number | null; readonly fallback?: string | null },
): string {
  const head = (variable.path ?? variable.root)
    .split("??")[0]
    ?.replace(/\s*\.\s*slice\s*\([^)]*\)\s*$/, "")
    .trim();
  const atMost = change.atMost === undefined ? variable.atMost : change.atMost;
  const fallback = change.fallback === undefined ? variable.fallback : change.fallback;
  const cut = atMost === null ? "" : `.slice(0, ${atMost})`;
  const quote = fallback?.includes('"') ? "'" : '"';
  const otherwise = fallback === null ? "" : ` ?? ${quote}${fallback}${quote}`;
  return `\${{ ${head}${cut}${otherwise} }}`;
}
