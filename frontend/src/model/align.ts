/**
 * Which part of a text stands in which variable of its template, before any value is known.
 *
 * The same rule as `flows/alignment.py`: variables of the call are opaque, each counts as one sign.
 */
import { type Part, parse } from "./expressions";
import { type Shape, type Slot, unify } from "./template";

export type Accepts = (slot: Slot, parts: readonly Part[]) => boolean;
type Spans = readonly (readonly [number, number])[];

const OPAQUE = "\0";
/** Steps of one search. A text that needs more is cut at the first place that will do. */
const PATIENCE = 20_000;

/**
 * For each slot, the parts of the body that stand in it; null when the static text is another.
 * Where a text can be cut in several ways, the first preference that every slot meets decides.
 */
export function align(
  shape: Shape,
  body: string,
  ...preferences: readonly Accepts[]
): Part[][] | null {
  const signs = new Signs(parse(unify(body).replace(/^[ \t\n]+|[ \t\n]+$/g, "")));
  let spans: Spans | null = null;
  for (const accepts of preferences) spans ??= search(shape, signs, accepts);
  spans ??= firstCut(shape, signs.text);
  return spans?.map(([start, end]) => signs.between(start, end)) ?? null;
}

/** A text in which each variable of the call is one sign. */
class Signs {
  readonly text: string;
  private readonly ends: number[] = [];

  constructor(private readonly parts: readonly Part[]) {
    let text = "";
    for (const part of parts) {
      text += typeof part === "string" ? part : OPAQUE;
      this.ends.push(text.length);
    }
    this.text = text;
  }

  between(start: number, end: number): Part[] {
    const found: Part[] = [];
    this.parts.forEach((part, index) => {
      const from = this.ends[index - 1] ?? 0;
      const to = this.ends[index] ?? 0;
      if (to <= start || from >= end) return;
      found.push(
        typeof part === "string"
          ? part.slice(Math.max(0, start - from), Math.min(to, end) - from)
          : part,
      );
    });
    return found;
  }
}

/** Cut at the first place where the text after each slot is found; that never misses a cut. */
function firstCut({ parts }: Shape, text: string): Spans | null {
  const head = typeof parts[0] === "string" ? parts[0] : "";
  if (!text.startsWith(head)) return null;
  const spans: [number, number][] = [];
  let at = head.length;
  for (const [index, part] of parts.entries()) {
    if (typeof part === "string") continue;
    const next = parts[index + 1];
    const literal = typeof next === "string" ? next : "";
    const isLast = index + 2 >= parts.length && typeof next !== "object";
    const end = isLast
      ? text.endsWith(literal)
        ? text.length - literal.length
        : -1
      : text.indexOf(literal, at);
    if (end < at) return null;
    spans.push([at, end]);
    at = end + literal.length;
  }
  return at === text.length ? spans : null;
}

/** Find a cut whose every slot is accepted, trying short values first. */
function search(shape: Shape, signs: Signs, accepts: Accepts): Spans | null {
  const { parts } = shape;
  const { text } = signs;
  const hopeless = new Set<string>();
  let patience = PATIENCE;

  const from = (index: number, at: number): Spans | null => {
    const part = parts[index];
    if (part === undefined) return at === text.length ? [] : null;
    if (typeof part === "string") {
      return text.startsWith(part, at) ? from(index + 1, at + part.length) : null;
    }
    const place = `${index} ${at}`;
    if (hopeless.has(place)) return null;
    for (const end of endsFor(parts, index, text, at)) {
      patience -= 1;
      if (patience < 0) return null;
      if (!accepts(part, signs.between(at, end))) continue;
      const rest = from(index + 1, end);
      if (rest) return [[at, end], ...rest];
    }
    hopeless.add(place);
    return null;
  };
  return from(0, 0);
}

/** Where the value that starts at `at` could end, shortest first. */
function* endsFor(parts: Shape["parts"], index: number, text: string, at: number) {
  const next = parts[index + 1];
  if (next === undefined) {
    yield text.length;
    return;
  }
  const literal = typeof next === "string" ? next : "";
  let end = text.indexOf(literal, at);
  while (end >= 0 && end <= text.length) {
    yield end;
    if (end === text.length) return;
    end = text.indexOf(literal, end + 1);
  }
}
