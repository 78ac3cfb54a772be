/** Another's changes carried onto one's own graph: what differs between `from` and `to` is done to it. */
import type { WireConnection, WireGraph } from "../api/types";
import { sameSettings } from "./same";

type Keyed<T> = ReadonlyMap<string, T>;

export function rebase(graph: WireGraph, from: WireGraph, to: WireGraph): WireGraph {
  const byId = (each: WireGraph) => keyed(each.nodes, (node) => node.id);
  const byPort = (each: WireGraph) => keyed(each.connections, portOf);
  const byNote = (each: WireGraph) => keyed(each.notes, (note) => note.node);
  const nodes = carried(byId(graph), byId(from), byId(to));
  const places = carried(entries(graph.layout), entries(from.layout), entries(to.layout));
  const wires = carried(byPort(graph), byPort(from), byPort(to));
  const entry = from.entry === to.entry ? graph.entry : to.entry;
  return {
    ...graph,
    ...starts(from, to),
    entry: entry !== null && nodes.has(entry) ? entry : null,
    nodes: [...nodes.values()],
    connections: [...wires.values()].filter((wire) => nodes.has(wire.from) && nodes.has(wire.to)),
    layout: Object.fromEntries([...places].filter(([id]) => nodes.has(id))),
    notes: [...carried(byNote(graph), byNote(from), byNote(to)).values()],
  };
}

/** The graph with other ids for some of its applets. */
export function withIds(graph: WireGraph, ids: Readonly<Record<string, string>>): WireGraph {
  if (Object.keys(ids).length === 0) return graph;
  const now = (id: string) => ids[id] ?? id;
  return {
    ...graph,
    entry: graph.entry === null ? null : now(graph.entry),
    nodes: graph.nodes.map((node) => ({ ...node, id: now(node.id) })),
    connections: graph.connections.map((wire) => ({
      ...wire,
      from: now(wire.from),
      to: now(wire.to),
    })),
    layout: Object.fromEntries(Object.entries(graph.layout).map(([id, at]) => [now(id), at])),
    notes: graph.notes.map((note) => ({ ...note, node: now(note.node) })),
  };
}

/** What a graph has beside what is carried key by key, such as its other starts: as it is now. */
function starts(from: WireGraph, to: WireGraph): Partial<WireGraph> {
  return sameSettings({ ...from, ...LISTS }, { ...to, ...LISTS }) ? {} : to;
}
const LISTS = { entry: null, nodes: [], connections: [], layout: {}, notes: [] };

function carried<T>(mine: Keyed<T>, from: Keyed<T>, to: Keyed<T>): Map<string, T> {
  const result = new Map(mine);
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    const wanted = to.get(key);
    if (sameSettings(from.get(key), wanted)) continue;
    if (wanted === undefined) result.delete(key);
    else result.set(key, wanted);
  }
  return result;
}

const portOf = (wire: WireConnection) => JSON.stringify([wire.from, wire.port]);
const entries = <T>(record: Readonly<Record<string, T>>): Keyed<T> =>
  new Map(Object.entries(record));

function keyed<T>(items: readonly T[], key: (item: T) => string): Keyed<T> {
  return new Map(items.map((item) => [key(item), item]));
}
