/** Which part of a text a problem is about. */

export interface Flaw {
  /** Counts from 1; one past the end means "after it". */
  readonly position?: number | null;
  /** What stands there: the whole word around the position. */
  readonly found?: string | null;
}

export interface Spot {
  readonly start: number;
  readonly end: number;
}

/** The word that was found around the position, else the one character there. */
export function spotOf(text: string, { position, found }: Flaw): Spot | null {
  if (position === null || position === undefined) return null;
  const at = position - 1;
  if (at < 0 || at > text.length) return null;
  if (!found) return { start: at, end: Math.min(text.length, at + 1) };
  const start = text.lastIndexOf(found, at);
  const covers = start >= 0 && start + found.length > at;
  return covers
    ? { start, end: start + found.length }
    : { start: at, end: Math.min(text.length, at + 1) };
}
