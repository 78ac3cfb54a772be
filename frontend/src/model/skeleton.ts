/** A first body for a template: its text, with a likely variable of the call in each gap. */

const GUESSES: readonly (readonly [RegExp, string])[] = [
  [/(ref(erence)?|id|ticket|case|token)\b[^a-z]*(no\.?|number|is|id)?[^a-z]*$/i, "{CallRef}"],
  [/(date|time|on|at)\b[^a-z]*$/i, "{DateTime}"],
  [/(call(ing)?( us)?( back)?( on| at)|contact|dial)\b[^a-z]*$/i, "{CallTo}"],
  [/(number|mobile|phone|from)\b[^a-z]*(is)?[^a-z]*$/i, "{CallFrom}"],
];

export function bodySkeleton(template: string): string {
  let before = "";
  return template.replace(/\{#.*?#\}|[^{]+|\{/g, (part) => {
    const filled = part.startsWith("{#") ? guess(before) : part;
    before += filled;
    return filled;
  });
}

function guess(before: string): string {
  return GUESSES.find(([pattern]) => pattern.test(before))?.[1] ?? "{CallRef}";
}
