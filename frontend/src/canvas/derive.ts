/** From the wire graph to what React Flow draws. Unchanged nodes stay the same objects. */
import type { Edge, Node } from "@xyflow/react";
import { Position } from "@xyflow/react";
import type { Applet, Issue, Place, WireGraph, WireNode } from "../api/types";
import { CARD_WIDTH, type CardContent, cardHeight, HANDLE, handlePlaces } from "../model/card";
import { type AppletsBySlug, besides, looseEndsText } from "../model/issues";
import { type Port, portsOf } from "../model/ports";
import { startsAt } from "../model/starts";
import { summaryOf } from "../model/summary";
import type { Covered, Trace } from "../store/simulation_slice";

export interface Strip {
  readonly tone: "bad" | "warn";
  readonly text: string;
}

export interface CardData extends Record<string, unknown> {
  readonly node: WireNode;
  readonly applet: Applet | undefined;
  readonly summary: string;
  readonly ports: readonly Port[];
  /** Names of the ports that lead somewhere, joined for a cheap comparison. */
  readonly taken: string;
  readonly strip: Strip | null;
  /** The kinds of start it is, joined for a cheap comparison. */
  readonly starts: string;
  readonly noted: boolean;
  readonly walked: boolean;
  readonly waiting: boolean;
  /** Names of the ports that tests take, joined; null: their coverage is not shown. */
  readonly covered: string | null;
  /** The one node that the Tab key reaches. */
  readonly current: boolean;
}

export type CardNode = Node<CardData, "card">;
export type WireEdge = Edge<{ readonly walked: boolean; readonly bend: number }, "wire">;

export interface Drawn {
  readonly graph: WireGraph;
  readonly applets: AppletsBySlug;
  readonly issues: readonly Issue[];
  readonly selection: readonly string[];
  readonly wires: readonly string[];
  readonly moving: Readonly<Record<string, Place>>;
  readonly trace: Trace;
  readonly coverage: Covered | null;
}

const LIST = "\n";

export function deriveNodes(drawn: Drawn, before: ReadonlyMap<string, CardNode>): CardNode[] {
  const { graph, applets, trace } = drawn;
  const taken = takenPorts(graph);
  const errors = Map.groupBy(
    drawn.issues.filter((issue) => issue.severity === "error" && issue.node !== null),
    (issue) => issue.node,
  );
  const noted = new Set(graph.notes.map((note) => note.node));
  const selected = new Set(drawn.selection);
  const current = drawn.selection.at(-1) ?? graph.entry ?? graph.nodes[0]?.id;

  return graph.nodes.map((node) => {
    const applet = applets.get(node.type);
    const ports = portsOf(applet, node.settings);
    const own = taken.get(node.id) ?? [];
    const data: CardData = {
      node,
      applet,
      summary: applet ? summaryOf(applet.summary, node.settings) : "",
      ports,
      taken: own.join(LIST),
      strip: stripOf(
        node.name,
        errors.get(node.id) ?? [],
        ports.filter((p) => !own.includes(p.name)).length,
      ),
      starts: startsAt(graph, node.id).join(LIST),
      noted: noted.has(node.id),
      walked: trace.nodes.has(node.id),
      waiting: trace.at === node.id,
      covered: coveredPorts(drawn.coverage, node.id, ports),
      current: current === node.id,
    };
    const place = drawn.moving[node.id] ?? graph.layout[node.id] ?? { x: 0, y: 0 };
    return reuse(before.get(node.id), makeCard(data, place, selected.has(node.id)));
  });
}

export const contentOf = ({ summary, ports, strip }: CardData): CardContent => ({
  summary,
  ports,
  strip: strip !== null,
});

function coveredPorts(coverage: Covered | null, node: string, ports: readonly Port[]) {
  if (!coverage) return null;
  const names = ports.map((port) => port.name);
  return names.filter((name) => coverage.ports.has(`${node}:${name}`)).join(LIST);
}

function takenPorts(graph: WireGraph): Map<string, string[]> {
  const taken = new Map<string, string[]>();
  for (const { from, port } of graph.connections) {
    taken.set(from, [...(taken.get(from) ?? []), port]);
  }
  return taken;
}

function stripOf(name: string, errors: readonly Issue[], loose: number): Strip | null {
  const [first] = errors;
  if (first) return { tone: "bad", text: besides(first.message, name) };
  return loose > 0 ? { tone: "warn", text: looseEndsText(loose) } : null;
}

function makeCard(data: CardData, position: Place, selected: boolean): CardNode {
  const content = contentOf(data);
  const size = { width: CARD_WIDTH, height: cardHeight(content) };
  const attributes = { "data-applet": data.node.type, tabIndex: data.current ? 0 : -1 };
  return {
    id: data.node.id,
    type: "card",
    position,
    data,
    selected,
    ...size,
    measured: size,
    ariaLabel: `${data.applet?.label ?? data.node.type}: ${data.node.name}`,
    domAttributes: attributes,
    handles: handlePlaces(content).map((handle) => ({
      ...handle,
      width: HANDLE,
      height: HANDLE,
      position: handle.type === "target" ? Position.Left : Position.Right,
    })),
  };
}

function reuse(old: CardNode | undefined, made: CardNode): CardNode {
  if (!old || old.selected !== made.selected || !sameData(old.data, made.data)) return made;
  const moved = old.position.x !== made.position.x || old.position.y !== made.position.y;
  return moved ? { ...made, data: old.data } : old;
}

function sameData(a: CardData, b: CardData): boolean {
  return Object.keys(b).every((key) => {
    if (key === "ports") return true; // They follow from the node.
    if (key === "strip") return a.strip?.text === b.strip?.text && a.strip?.tone === b.strip?.tone;
    return a[key] === b[key];
  });
}

export function deriveEdges(
  { graph, wires, trace }: Drawn,
  cards: readonly CardNode[],
  before: ReadonlyMap<string, WireEdge>,
): WireEdge[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const edges = graph.connections.flatMap(({ from, port, to }) => {
    const [source, target] = [byId.get(from), byId.get(to)];
    if (!source || !target || !source.data.ports.some((p) => p.name === port)) return [];
    const id = `${from}:${port}`;
    const made: WireEdge = {
      id,
      type: "wire",
      source: from,
      sourceHandle: port,
      target: to,
      targetHandle: "in",
      selected: wires.includes(id),
      data: { walked: trace.wires.has(id), bend: bendOf(source, target) },
    };
    return [sameEdge(before.get(id), made) ?? made];
  });
  return edges.sort((a, b) => rankOf(a) - rankOf(b));
}

/** Drawn last, so on top where wires run together: what was walked, then what is selected. */
const rankOf = ({ selected, data }: WireEdge) => (selected ? 2 : 0) + (data?.walked ? 1 : 0);

function sameEdge(old: WireEdge | undefined, made: WireEdge): WireEdge | null {
  const same =
    old?.target === made.target &&
    old.selected === made.selected &&
    old.data?.walked === made.data?.walked &&
    old.data?.bend === made.data?.bend;
  return same && old ? old : null;
}

const CLEARANCE = 22;

/** Where a wire that leads back turns: between the two cards, else under both. */
export function bendOf(source: CardNode, target: CardNode): number {
  const [from, to] = [extent(source), extent(target)];
  if (to.top - from.bottom >= 2 * CLEARANCE) return (from.bottom + to.top) / 2;
  if (from.top - to.bottom >= 2 * CLEARANCE) return (to.bottom + from.top) / 2;
  return Math.max(from.bottom, to.bottom) + CLEARANCE;
}

function extent(card: CardNode): { top: number; bottom: number } {
  return { top: card.position.y, bottom: card.position.y + (card.height ?? 0) };
}
