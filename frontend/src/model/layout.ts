/** Tidy up: columns in call order, rows ordered so that wires cross little. */
import type { Place, WireGraph } from "../api/types";
import { CARD_WIDTH, GRID } from "./card";
import { startsOf } from "./starts";

const COLUMN_GAP = 90;
const ROW_GAP = 40;
const SWEEPS = 4;

type Heights = Readonly<Record<string, number>>;

export function tidy(graph: WireGraph, heights: Heights): Record<string, Place> {
  const columns = columnsOf(graph);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) sortByNeighbours(columns, graph, sweep % 2 === 0);
  const tallest = Math.max(0, ...columns.map((column) => heightOf(column, heights)));
  const places: Record<string, Place> = {};
  columns.forEach((column, index) => {
    let y = snap((tallest - heightOf(column, heights)) / 2);
    for (const id of column) {
      places[id] = { x: snap(index * (CARD_WIDTH + COLUMN_GAP)), y };
      y += snap((heights[id] ?? 100) + ROW_GAP);
    }
  });
  return places;
}

/** Longest way from the start decides the column; connections that lead back are left out. */
function columnsOf(graph: WireGraph): string[][] {
  const forward = forwardTargets(graph);
  const depth = new Map<string, number>();
  for (const id of callOrder(graph, forward)) {
    const own = depth.get(id) ?? 0;
    depth.set(id, own);
    for (const to of forward.get(id) ?? []) depth.set(to, Math.max(depth.get(to) ?? 0, own + 1));
  }
  const columns: string[][] = [];
  for (const node of graph.nodes) {
    const index = depth.get(node.id) ?? 0;
    columns[index] = [...(columns[index] ?? []), node.id];
  }
  return Array.from(columns, (column) => column ?? []);
}

/** For each node, where its connections lead, without those that close a circle. */
function forwardTargets(graph: WireGraph): Map<string, string[]> {
  const forward = new Map<string, string[]>(graph.nodes.map((node) => [node.id, []]));
  const state = new Map<string, "open" | "done">();
  const starts = [
    ...startsOf(graph).map((start) => start.node),
    ...graph.nodes.map((node) => node.id),
  ];
  const outgoing = Map.groupBy(graph.connections, (connection) => connection.from);
  for (const start of starts) {
    if (state.has(start) || !forward.has(start)) continue;
    const stack = [{ id: start, next: 0 }];
    state.set(start, "open");
    while (stack.length > 0) {
      const top = stack[stack.length - 1] as { id: string; next: number };
      const connection = outgoing.get(top.id)?.[top.next];
      top.next += 1;
      if (!connection) {
        state.set(top.id, "done");
        stack.pop();
      } else if (forward.has(connection.to) && state.get(connection.to) !== "open") {
        forward.get(top.id)?.push(connection.to);
        if (!state.has(connection.to)) {
          state.set(connection.to, "open");
          stack.push({ id: connection.to, next: 0 });
        }
      }
    }
  }
  return forward;
}

/** Every node after all nodes that lead to it. */
function callOrder(graph: WireGraph, forward: Map<string, string[]>): string[] {
  const waitingFor = new Map<string, number>(graph.nodes.map((node) => [node.id, 0]));
  for (const targets of forward.values()) {
    for (const to of targets) waitingFor.set(to, (waitingFor.get(to) ?? 0) + 1);
  }
  const order = graph.nodes.map((node) => node.id).filter((id) => waitingFor.get(id) === 0);
  for (const id of order) {
    for (const to of forward.get(id) ?? []) {
      const left = (waitingFor.get(to) ?? 0) - 1;
      waitingFor.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order;
}

function sortByNeighbours(columns: string[][], graph: WireGraph, forwards: boolean): void {
  const sequence = forwards ? columns.keys() : [...columns.keys()].reverse();
  for (const index of sequence) {
    const neighbours = columns[index + (forwards ? -1 : 1)];
    const column = columns[index];
    if (!neighbours || !column) continue;
    const rows = new Map(neighbours.map((id, row) => [id, row]));
    const wish = new Map(column.map((id, row) => [id, meanRow(id, graph, rows, forwards) ?? row]));
    column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
  }
}

/** Where the connected nodes of the next column are; ports count in their order. */
function meanRow(
  id: string,
  graph: WireGraph,
  rows: Map<string, number>,
  forwards: boolean,
): number | null {
  const found = graph.connections.flatMap((connection, order) => {
    const other = forwards ? connection.from : connection.to;
    const own = forwards ? connection.to : connection.from;
    const row = own === id ? rows.get(other) : undefined;
    return row === undefined ? [] : [row + order / (graph.connections.length * 2)];
  });
  return found.length === 0 ? null : found.reduce((sum, row) => sum + row, 0) / found.length;
}

function heightOf(column: readonly string[], heights: Heights): number {
  return column.reduce((sum, id) => sum + (heights[id] ?? 100) + ROW_GAP, -ROW_GAP);
}

const snap = (value: number) => Math.round(value / GRID) * GRID;
