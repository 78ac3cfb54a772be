/** Free places on the canvas for nodes that are added without pointing at one. */
import type { Place, WireGraph } from "../api/types";
import { CARD_WIDTH, GRID } from "./card";

const STEP = 40;
const CLEARANCE = 20;
const GAP = 90;

export const snapPlace = ({ x, y }: Place): Place => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
});

/** To the right of a node. */
export function besidePlace(graph: WireGraph, id: string): Place {
  const place = graph.layout[id] ?? { x: 0, y: 0 };
  return { x: place.x + CARD_WIDTH + GAP, y: place.y };
}

/** The wanted place, or the nearest one below it where the card covers no other. */
export function freePlace(
  graph: WireGraph,
  wanted: Place,
  heightOf: (id: string) => number,
  height: number,
): Place {
  const place = snapPlace(wanted);
  const covered = (y: number) =>
    Object.entries(graph.layout).some(([id, other]) => {
      const beside = Math.abs(other.x - place.x) >= CARD_WIDTH + CLEARANCE;
      const above = y + height + CLEARANCE <= other.y;
      const below = y >= other.y + heightOf(id) + CLEARANCE;
      return !(beside || above || below);
    });
  let y = place.y;
  while (covered(y)) y += STEP;
  return snapPlace({ x: place.x, y });
}
