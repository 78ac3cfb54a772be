import { type Flaw, spotOf } from "../model/spot";

const AROUND = 18;

/** The place in the text where it goes wrong, with a little of what stands around it. */
export function Spot({ text, flaw }: { readonly text: string; readonly flaw: Flaw }) {
  const spot = spotOf(text, flaw);
  if (!spot) return null;
  const from = Math.max(0, spot.start - AROUND);
  const to = Math.min(text.length, spot.end + AROUND);
  return (
    <code className="spot">
      {from > 0 ? "…" : ""}
      {text.slice(from, spot.start)}
      <mark>{text.slice(spot.start, spot.end) || "␣"}</mark>
      {text.slice(spot.end, to)}
      {to < text.length ? "…" : ""}
    </code>
  );
}
