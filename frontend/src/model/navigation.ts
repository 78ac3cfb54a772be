/** Where the arrow keys lead: along connections first, else to the nearest node that way. */
import type { Place, WireGraph } from "../api/types";

export type Direction = "left" | "right" | "up" | "down";

export function neighbour(graph: WireGraph, from: string, direction: Direction): string | null {
  return alongConnection(graph, from, direction) ?? nearest(graph, from, direction);
}

function alongConnection(graph: WireGraph, from: string, direction: Direction): string | null {
  if (direction === "right") return graph.connections.find((c) => c.from === from)?.to ?? null;
  if (direction === "left") return graph.connections.find((c) => c.to === from)?.from ?? null;
  return null;
}

function nearest(graph: WireGraph, from: string, direction: Direction): string | null {
  const origin = graph.layout[from];
  if (!origin) return null;
  const candidates = graph.nodes.flatMap(({ id }) => {
    const place = graph.layout[id];
    if (!place || id === from) return [];
    const { ahead, aside } = distance(origin, place, direction);
    return ahead > 0 ? [{ id, cost: ahead + 2 * aside }] : [];
  });
  return candidates.sort((a, b) => a.cost - b.cost)[0]?.id ?? null;
}

function distance(from: Place, to: Place, direction: Direction): { ahead: number; aside: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (direction === "left") return { ahead: -dx, aside: Math.abs(dy) };
  if (direction === "right") return { ahead: dx, aside: Math.abs(dy) };
  if (direction === "up") return { ahead: -dy, aside: Math.abs(dx) };
  return { ahead: dy, aside: Math.abs(dx) };
}
