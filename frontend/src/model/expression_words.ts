/**
 * The words of an expression, where it ends, and whether it can be one: `applets/expressions/lexing.py`.
 *
 * What it means is for the server to say; here only its beginning and end must be found.
 */

export interface Word {
  readonly text: string;
  readonly kind: "operand" | "sign" | "dot" | "open" | "close";
  /** How many brackets it stands in. */
  readonly depth: number;
  readonly at: number;
}

const LONGEST = 2000;
const NAME = "[A-Za-z_$][\\w$]*";
const WORD = new RegExp(
  [
    "(\\s+)",
    "((?:(?:0|[1-9]\\d*)(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+)?" +
      `|${NAME}|"(?:[^"\\\\\\n]|\\\\[^])*"|'(?:[^'\\\\\\n]|\\\\[^])*'|\`(?:[^\`\\\\]|\\\\[^])*\`)`,
    "(===|!==|=>|[!=<>]=|&&|\\|\\||\\?\\?|\\?\\.(?!\\d)|[-+*/%<>!?:.,()[\\]{}])",
  ].join("|"),
  "y",
);
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[A-Za-z]*/y;
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The words from `start` up to the closing braces, and the place after them; null when it is none. */
export function wordsIn(text: string, start: number): { words: Word[]; end: number } | null {
  const words: Word[] = [];
  const open: string[] = [];
  let at = start;
  let after = false; // whether a value stands before
  while (at < text.length && at - start <= LONGEST) {
    if (!open.includes("}") && text.startsWith("}}", at)) {
      return after && open.length === 0 ? { words, end: at + 2 } : null;
    }
    const found = take(text, at, after);
    if (!found) return null;
    if (found.kind !== "space") {
      const before = words.at(-1);
      const next = placed(found, before, after, open);
      if (next === null) return null;
      words.push({ text: found.text, kind: found.kind, depth: next.depth, at });
      after = next.after;
    }
    at += found.text.length;
  }
  return null;
}

interface Found {
  readonly text: string;
  readonly kind: Word["kind"] | "space";
}

function take(text: string, at: number, after: boolean): Found | null {
  const pattern = text[at] === "/" && !after ? REGEX : WORD;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) return null;
  const word = found[0];
  if (pattern === REGEX || found[2] !== undefined) return { text: word, kind: "operand" };
  if (found[1] !== undefined) return { text: word, kind: "space" };
  if (word in CLOSING) return { text: word, kind: "open" };
  if (")]}".includes(word)) return { text: word, kind: "close" };
  return { text: word, kind: word === "." || word === "?." ? "dot" : "sign" };
}

/** The depth of the next word, and whether a value stands after it; null where it cannot stand. */
function placed(
  word: Found,
  before: Word | undefined,
  after: boolean,
  open: string[],
): { depth: number; after: boolean } | null {
  const depth = open.length;
  const afterDot = before?.kind === "dot";
  if (word.kind === "operand") {
    if (word.text === "typeof" && !afterDot) return after ? null : { depth, after: false };
    return after || (afterDot && !isName(word.text)) ? null : { depth, after: true };
  }
  if (afterDot && !(before.text === "?." && word.text === "[")) return null;
  if (word.kind === "open") {
    if (word.text === "{" && after) return null;
    open.push(CLOSING[word.text] ?? "");
    return { depth, after: false };
  }
  if (word.kind === "close") {
    const empty = before?.kind === "open" || before?.text === ",";
    return open.pop() === word.text && (after || empty) ? { depth: depth - 1, after: true } : null;
  }
  if (word.text === "!") return after ? null : { depth, after: false };
  const unary = word.text === "-" || word.text === "+";
  return after || (unary && word.kind === "sign") ? { depth, after: false } : null;
}

export const isName = (text: string) => new RegExp(`^${NAME}$`).test(text);

const SHORT: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  "\n": "",
};

/** What a text in quotes says. */
export const unquoted = (text: string) =>
  text
    .slice(1, -1)
    .replace(
      /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\s\S]))/g,
      (_, braces?: string, four?: string, two?: string, sign = "") => {
        const code = braces ?? four ?? two;
        if (code !== undefined) return String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff));
        return SHORT[sign] ?? sign;
      },
    );
