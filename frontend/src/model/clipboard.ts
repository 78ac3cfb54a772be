/** Copying part of a flow and putting it down again under new ids. */
import type { Place, WireConnection, WireGraph, WireNode } from "../api/types";
import { freeName, newNodeId } from "./edits";
import { firstStart } from "./starts";

export interface Clipping {
  readonly nodes: readonly WireNode[];
  readonly connections: readonly WireConnection[];
  readonly places: Readonly<Record<string, Place>>;
}

export function copy(graph: WireGraph, ids: readonly string[]): Clipping | null {
  const chosen = new Set(ids);
  const nodes = graph.nodes.filter((node) => chosen.has(node.id));
  if (nodes.length === 0) return null;
  return {
    nodes,
    connections: graph.connections.filter((c) => chosen.has(c.from) && chosen.has(c.to)),
    places: Object.fromEntries(nodes.map((node) => [node.id, placeOf(graph, node.id)])),
  };
}

export interface Pasted {
  readonly graph: WireGraph;
  readonly ids: readonly string[];
}

/** Put a clipping down, moved by `offset`; connections inside it come along. */
export function paste(graph: WireGraph, clipping: Clipping, offset: Place): Pasted {
  const renamed = new Map<string, string>();
  let result = graph;
  for (const node of clipping.nodes) {
    const id = newNodeId(result);
    const place = clipping.places[node.id] ?? { x: 0, y: 0 };
    renamed.set(node.id, id);
    result = {
      ...result,
      entry: firstStart(result, id),
      nodes: [...result.nodes, { ...node, id, name: freeName(result, baseName(node.name)) }],
      layout: { ...result.layout, [id]: { x: place.x + offset.x, y: place.y + offset.y } },
    };
  }
  const connections = clipping.connections.flatMap((connection) => {
    const [from, to] = [renamed.get(connection.from), renamed.get(connection.to)];
    return from && to ? [{ ...connection, from, to }] : [];
  });
  const whole = { ...result, connections: [...result.connections, ...connections] };
  return { graph: whole, ids: [...renamed.values()] };
}

const baseName = (name: string) => name.replace(/ \d+$/, "");
const placeOf = (graph: WireGraph, id: string): Place => graph.layout[id] ?? { x: 0, y: 0 };
