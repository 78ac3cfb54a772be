/** A registered text, cut into what must be equal and what may vary. */

export interface Rule {
  readonly wanted: string;
  /** What kind of value it is, for the label of its field. */
  readonly kind: string;
  /** For a value that is any run of allowed characters; else its whole shape is judged. */
  readonly allows: ((character: string) => boolean) | null;
  accepts(value: string): boolean;
}

/** A variable; or several that touch each other, which hold together what each may. */
export interface Slot {
  readonly first: number;
  readonly last: number;
  readonly tag: string;
  readonly limit: number;
  readonly rule: Rule;
}

export interface TemplateText {
  readonly text: string;
  readonly variables: readonly {
    readonly index: number;
    readonly tag: string;
    readonly limit: number | null;
  }[];
}

export interface Shape {
  /** The registered text, byte for byte, with slots in place of its variables. */
  readonly raw: readonly (string | Slot)[];
  /** The same as it is compared: letters in NFC, no blanks at the outer ends, no empty parts. */
  readonly parts: readonly (string | Slot)[];
  readonly slots: readonly Slot[];
}

const PLACEHOLDER = /\{#[a-z]+#\}|<#[a-z]+#>/g;
const DEFAULT_LIMIT = 30;

const run = (wanted: string, kind: string, allows: (character: string) => boolean): Rule => ({
  wanted,
  kind,
  allows,
  accepts: (value) => [...value].every(allows),
});
const shape = (wanted: string, kind: string, pattern: RegExp): Rule => ({
  wanted,
  kind,
  allows: null,
  accepts: (value) => pattern.test(value),
});

const ANY = run("text without line breaks", "any text", (character) => character !== "\n");
const LINK_REST = run(
  "the rest of a link, no spaces",
  "rest of a link",
  (character) => !/\s/.test(character),
);
const RULES: Readonly<Record<string, Rule>> = {
  numeric: run("digits only", "digits only", (character) => /[0-9]/.test(character)),
  alphanumeric: run("letters, digits and any of ' _/.' only", "letters and digits", (character) =>
    /[\p{L}\p{M}\p{Nd} _/.]/u.test(character),
  ),
  url: shape(
    "a link starting with http://, https:// or www.",
    "a link",
    /^(https?:\/\/|www\.)\S+$/i,
  ),
  urlott: shape(
    "a link with a scheme such as https://, or www.",
    "a link",
    /^([a-z][a-z0-9+.-]*:\/\/|www\.)\S+$/i,
  ),
  cbn: shape(
    "a telephone number of 8 to 13 digits",
    "a telephone number",
    /^\+?\d([ -]*\d){7,12}$/,
  ),
  email: shape(
    "an e-mail address",
    "an e-mail address",
    /^[\w!#$%&'*+/=?^`{|}~.-]{1,64}@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$/,
  ),
};

function ruleOf(tag: string, before: string): Rule {
  const word = /\S*$/.exec(before)?.[0].toLowerCase() ?? "";
  const starts = tag === "urlott" ? /:\/\/|www\./ : /https?:\/\/|www\./;
  if ((tag === "url" || tag === "urlott") && starts.test(word)) return LINK_REST;
  return RULES[tag] ?? ANY;
}

/** Cut a template. Limits and types are the server's: they may be held outside the text. */
export function shapeOf({ text, variables }: TemplateText): Shape {
  const raw: (string | Slot)[] = [];
  let from = 0;
  let index = 0;
  for (const hole of text.matchAll(PLACEHOLDER)) {
    const literal = text.slice(from, hole.index);
    from = hole.index + hole[0].length;
    const known = variables[index];
    index += 1;
    const tag = known?.tag ?? "var";
    const limit = known?.limit ?? DEFAULT_LIMIT;
    const before = raw.at(-1);
    if (literal === "" && typeof before === "object" && before.tag === tag) {
      raw[raw.length - 1] = { ...before, last: index, limit: before.limit + limit };
      continue;
    }
    if (literal !== "") raw.push(literal);
    raw.push({ first: index, last: index, tag, limit, rule: ruleOf(tag, unify(literal)) });
  }
  if (from < text.length) raw.push(text.slice(from));
  const last = raw.length - 1;
  const parts = raw
    .map((part, at) => {
      if (typeof part !== "string") return part;
      const start = at === 0 ? unify(part).replace(/^[ \t\n]+/, "") : unify(part);
      return at === last ? start.replace(/[ \t\n]+$/, "") : start;
    })
    .filter((part) => part !== "");
  return { raw, parts, slots: raw.filter((part) => typeof part === "object") };
}

/** Line breaks as LF and letters in NFC: what is evened out before texts are compared. */
export const unify = (text: string) => text.replace(/\r\n?/g, "\n").normalize("NFC");

/** The registered text with one value in each slot. */
export function fill({ raw, slots }: Shape, values: readonly string[]): string {
  return raw
    .map((part) => (typeof part === "string" ? part : (values[slots.indexOf(part)] ?? "")))
    .join("");
}
