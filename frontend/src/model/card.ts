/** The measures of a node's card: known before it is drawn, so that thousands need no measuring. */
import type { Port } from "./ports";

export const GRID = 10;
export const CARD_WIDTH = 230;
const BORDERS = 2;
const HEADER = 48;
const SUMMARY = 58;
const PORTS_PADDING = 9;
export const PORT_ROW = 26;
const STRIP = 28;
export const HANDLE = 13;

export interface CardContent {
  readonly summary: string;
  readonly ports: readonly Port[];
  readonly strip: boolean;
}

export function cardHeight({ summary, ports, strip }: CardContent): number {
  const portList = ports.length > 0 ? PORTS_PADDING + ports.length * PORT_ROW : 0;
  return BORDERS + HEADER + (summary ? SUMMARY : 0) + portList + (strip ? STRIP : 0);
}

export interface HandlePlace {
  readonly id: string;
  readonly type: "source" | "target";
  readonly x: number;
  readonly y: number;
}

/** Top left corners of the handles, measured from the card's corner. */
export function handlePlaces({ summary, ports }: CardContent): HandlePlace[] {
  const top = 1 + HEADER + (summary ? SUMMARY : 0) + 4;
  const into: HandlePlace = { id: "in", type: "target", x: -HANDLE / 2, y: 18 };
  const out = ports.map(
    (port, index): HandlePlace => ({
      id: port.name,
      type: "source",
      x: CARD_WIDTH - HANDLE / 2,
      y: top + index * PORT_ROW + (PORT_ROW - HANDLE) / 2,
    }),
  );
  return [into, ...out];
}
