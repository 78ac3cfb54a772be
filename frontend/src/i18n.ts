/**
 * Every visible sentence of the builder passes through here.
 *
 * English sentences are the keys. Another language is one dictionary from sentence to sentence,
 * handed to `setDictionary` before the first render.
 */

export type Words = Readonly<Record<string, string | number>>;

let dictionary: Readonly<Record<string, string>> = {};

export function setDictionary(words: Readonly<Record<string, string>>): void {
  dictionary = words;
}

/** The sentence in the viewer's language; `{name}` is replaced when `words` has that name. */
export function t(sentence: string, words: Words = {}): string {
  const text = dictionary[sentence] ?? sentence;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(words[name] ?? whole));
}

/** Like `t`, choosing between the two forms by `n`, which both may show as `{n}`. */
export function tn(one: string, many: string, n: number, words: Words = {}): string {
  return t(n === 1 ? one : many, { n, ...words });
}

const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** 950, 12.4K, 3M. */
export const shortNumber = (n: number): string => short.format(n);
