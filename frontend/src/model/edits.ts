/** What can be done to a graph. Each edit returns a new graph, or the same one when nothing changes. */
import type { Applet, Place, Settings, WireConnection, WireGraph, WireNode } from "../api/types";
import { carryPorts } from "./ports";
import { firstStart, withoutStartsAt } from "./starts";

export function newNodeId(graph: WireGraph): string {
  const numbers = graph.nodes.map((node) => Number(/^n(\d+)$/.exec(node.id)?.[1] ?? 0));
  return `n${Math.max(0, ...numbers) + 1}`;
}

/** A name like the applet's label, numbered when the flow has that name already. */
export function freeName(graph: WireGraph, label: string): string {
  const taken = new Set(graph.nodes.map((node) => node.name));
  if (!taken.has(label)) return label;
  let number = 2;
  while (taken.has(`${label} ${number}`)) number += 1;
  return `${label} ${number}`;
}

export function makeNode(graph: WireGraph, applet: Applet): WireNode {
  return {
    id: newNodeId(graph),
    type: applet.slug,
    version: applet.version,
    name: freeName(graph, applet.label),
    settings: structuredClone(applet.defaults ?? {}) as Settings,
  };
}

/** The first node of a flow becomes its start. */
export function addNode(graph: WireGraph, node: WireNode, place: Place): WireGraph {
  return {
    ...graph,
    entry: firstStart(graph, node.id),
    nodes: [...graph.nodes, node],
    layout: { ...graph.layout, [node.id]: place },
  };
}

export function removeNodes(graph: WireGraph, ids: readonly string[]): WireGraph {
  const gone = new Set(ids);
  if (!graph.nodes.some((node) => gone.has(node.id))) return graph;
  const nodes = graph.nodes.filter((node) => !gone.has(node.id));
  return {
    ...withoutStartsAt(graph, gone),
    nodes,
    connections: graph.connections.filter((c) => !gone.has(c.from) && !gone.has(c.to)),
    layout: Object.fromEntries(Object.entries(graph.layout).filter(([id]) => !gone.has(id))),
    notes: graph.notes.filter((note) => !gone.has(note.node)),
  };
}

/** Lead a port to a node; the connection it had is replaced, in its place in the list. */
export function connect(graph: WireGraph, connection: WireConnection): WireGraph {
  const index = graph.connections.findIndex((c) => samePort(c, connection));
  if (index < 0) return { ...graph, connections: [...graph.connections, connection] };
  if (graph.connections[index]?.to === connection.to) return graph;
  return { ...graph, connections: graph.connections.with(index, connection) };
}

export function disconnect(
  graph: WireGraph,
  ports: readonly Pick<WireConnection, "from" | "port">[],
): WireGraph {
  const connections = graph.connections.filter((c) => !ports.some((port) => samePort(c, port)));
  return connections.length === graph.connections.length ? graph : { ...graph, connections };
}

type PortAddress = Pick<WireConnection, "from" | "port">;
const samePort = (a: PortAddress, b: PortAddress) => a.from === b.from && a.port === b.port;

export function moveNodes(graph: WireGraph, places: Readonly<Record<string, Place>>): WireGraph {
  const moved = Object.entries(places).some(([id, place]) => {
    const was = graph.layout[id];
    return was?.x !== place.x || was?.y !== place.y;
  });
  return moved ? { ...graph, layout: { ...graph.layout, ...places } } : graph;
}

export function renameNode(graph: WireGraph, id: string, name: string): WireGraph {
  return changeNode(graph, id, (node) => (node.name === name ? node : { ...node, name }));
}

/** Give a node new settings. Its connections follow a port that changed its name. */
export function setSettings(
  graph: WireGraph,
  id: string,
  settings: Settings,
  applet: Applet | undefined,
): WireGraph {
  const before = graph.nodes.find((node) => node.id === id)?.settings ?? {};
  const carried = carryPorts(applet, before, settings);
  const connections = graph.connections.flatMap((connection) => {
    if (connection.from !== id || !applet) return [connection];
    const port = carried.get(connection.port);
    if (port === undefined) return [];
    return [port === connection.port ? connection : { ...connection, port }];
  });
  return { ...changeNode(graph, id, (node) => ({ ...node, settings })), connections };
}

export function setNote(graph: WireGraph, id: string, text: string): WireGraph {
  const others = graph.notes.filter((note) => note.node !== id);
  return { ...graph, notes: text === "" ? others : [...others, { node: id, text }] };
}

function changeNode(graph: WireGraph, id: string, change: (node: WireNode) => WireNode): WireGraph {
  const nodes = graph.nodes.map((node) => (node.id === id ? change(node) : node));
  return nodes.every((node, index) => node === graph.nodes[index]) ? graph : { ...graph, nodes };
}
