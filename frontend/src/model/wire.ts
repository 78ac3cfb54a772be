/** Between the stored graph and the one on the canvas: nothing lost, nothing missing. */
import type { Place, WireConnection, WireGraph, WireNode, WireNote } from "../api/types";

export const SCHEMA = 1;
export const EMPTY_GRAPH: WireGraph = {
  schema: SCHEMA,
  entry: null,
  nodes: [],
  connections: [],
  layout: {},
  notes: [],
};

const COLUMN = 280;
const ROW = 200;

/** Read a stored graph, giving a place to nodes that have none. */
export function fromWire(stored: Partial<WireGraph> | null | undefined): WireGraph {
  const nodes = (stored?.nodes ?? []).map(readNode);
  const layout: Record<string, Place> = {};
  nodes.forEach((node, index) => {
    layout[node.id] = stored?.layout?.[node.id] ?? defaultPlace(index);
  });
  return {
    ...stored,
    schema: stored?.schema ?? SCHEMA,
    entry: stored?.entry ?? null,
    nodes,
    connections: onePerPort(stored?.connections ?? []),
    layout,
    notes: stored?.notes ?? [],
  };
}

/** The graph as it is stored: whole pixels, and nothing about nodes that are gone. */
export function toWire(graph: WireGraph): WireGraph {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const layout: Record<string, Place> = {};
  for (const id of [...ids].sort()) {
    const place = graph.layout[id];
    if (place) layout[id] = { x: Math.round(place.x), y: Math.round(place.y) };
  }
  const notes = graph.notes.filter((note: WireNote) => ids.has(note.node) && note.text !== "");
  return { ...graph, layout, notes };
}

function readNode(node: WireNode): WireNode {
  return { ...node, name: node.name ?? "", settings: node.settings ?? {} };
}

function defaultPlace(index: number): Place {
  return { x: (index % 4) * COLUMN, y: Math.floor(index / 4) * ROW };
}

/** A port has one connection at most; of several, the last one stands. */
function onePerPort(connections: readonly WireConnection[]): WireConnection[] {
  const byPort = new Map(connections.map((c) => [JSON.stringify([c.from, c.port]), c]));
  return [...byPort.values()];
}
