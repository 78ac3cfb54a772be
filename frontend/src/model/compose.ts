/** The values of a message: first ones for a template, and those that survive a change of template. */
import { type Part, parse, type Variable } from "./expressions";
import { type Extents, lengthOf } from "./extents";
import type { Shape, Slot } from "./template";
import { findingsOf, type Judged } from "./worst_case";

const GUESSES: readonly (readonly [RegExp, string])[] = [
  [/(ref(erence)?|id|ticket|case|token)\b[^a-z]*(no\.?|number|is|id)?[^a-z]*$/i, "{CallRef}"],
  [/(date|time|on|at)\b[^a-z]*$/i, "{DateTime}"],
  [/(call(ing)?( us)?( back)?( on| at| to)?|contact|dial)\b[^a-z]*$/i, "{CallTo}"],
  [/(number|mobile|phone|from)\b[^a-z]*(is)?[^a-z]*$/i, "{CallFrom}"],
];

const fits = (slot: Slot, value: string, extents: Extents) =>
  findingsOf(slot, parse(value), extents).every(({ severity }) => severity !== "error");

/** A likely variable of the call for each slot, by the words before it; empty where none fits. */
export function firstValues({ raw, slots }: Shape, extents: Extents): string[] {
  return slots.map((slot) => {
    const before = raw[raw.indexOf(slot) - 1];
    const words = typeof before === "string" ? before : "";
    const guess = GUESSES.find(([pattern]) => pattern.test(words))?.[1] ?? "";
    return guess !== "" && fits(slot, guess, extents) ? guess : "";
  });
}

export interface Carried {
  readonly values: readonly string[];
  readonly dropped: readonly string[];
}

/** Values of one template in another: each stays in its place where it can fit, else it is dropped. */
export function carry(values: readonly string[], shape: Shape, extents: Extents): Carried {
  const first = firstValues(shape, extents);
  const kept = shape.slots.map((slot, index) => {
    const value = values[index] ?? "";
    return value !== "" && fits(slot, value, extents) ? value : null;
  });
  return {
    values: kept.map((value, index) => value ?? first[index] ?? ""),
    dropped: values.filter((value, index) => value !== "" && (kept[index] ?? null) === null),
  };
}

/** A text with likely values in its variables, and which value stands for which of them. */
export interface Sampled {
  readonly text: string;
  readonly used: readonly { readonly sample: string; readonly source: string }[];
}

const isVariable = (part: Part): part is Variable => typeof part === "object";

export function sampled(body: string, extents: Extents): Sampled {
  const parts = parse(body);
  const sampleOf = (part: Part) => extents.ofAll([part]).sample;
  return {
    text: parts.map(sampleOf).join(""),
    used: parts.filter(isVariable).map((part) => ({ sample: sampleOf(part), source: part.source })),
  };
}

/** Put the variables back into a text that was made from one with samples. */
export function unsampled(text: string, { used }: Sampled): string {
  let done = "";
  let rest = text;
  for (const { sample, source } of used) {
    const at = sample === "" ? -1 : rest.indexOf(sample);
    if (at < 0) continue;
    done += rest.slice(0, at) + source;
    rest = rest.slice(at + sample.length);
  }
  return done + rest;
}

/** The longest text a call can make; what is of unknown length counts with the limit of its slot. */
export function longestText({ raw }: Shape, judged: readonly Judged[], unknown = "x"): string {
  return raw
    .map((part) => {
      if (typeof part === "string") return part;
      const here = judged.find(({ slot }) => slot === part);
      if (!here) return "";
      const { sample, most, characters } = here.extent;
      const missing = (most ?? part.limit) - lengthOf(sample);
      const filler = characters === null ? unknown : ([...characters][0] ?? unknown);
      return sample + filler.repeat(Math.max(0, missing));
    })
    .join("");
}
