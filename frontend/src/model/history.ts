/** Undo and redo over whole graphs. Edits of one group that follow each other closely are one step. */
import type { WireGraph } from "../api/types";

export interface History {
  readonly past: readonly WireGraph[];
  readonly future: readonly WireGraph[];
  /** What the last step was about, and when: the next edit may join it. */
  readonly group: string | null;
  readonly at: number;
}

export const NO_HISTORY: History = { past: [], future: [], group: null, at: 0 };
export const MOST_STEPS = 200;
export const JOIN_WITHIN_MS = 1200;

/** Remember `before`, unless this edit continues the last one. */
export function record(
  history: History,
  before: WireGraph,
  group: string | null,
  now: number,
): History {
  const joins = group !== null && group === history.group && now - history.at < JOIN_WITHIN_MS;
  const past = joins ? history.past : [...history.past, before].slice(-MOST_STEPS);
  return { past, future: [], group, at: now };
}

export interface Travelled {
  readonly history: History;
  readonly graph: WireGraph;
}

export function undo(history: History, current: WireGraph): Travelled | null {
  const graph = history.past.at(-1);
  if (!graph) return null;
  const past = history.past.slice(0, -1);
  return { graph, history: { past, future: [current, ...history.future], group: null, at: 0 } };
}

export function redo(history: History, current: WireGraph): Travelled | null {
  const graph = history.future[0];
  if (!graph) return null;
  const future = history.future.slice(1);
  return { graph, history: { past: [...history.past, current], future, group: null, at: 0 } };
}
