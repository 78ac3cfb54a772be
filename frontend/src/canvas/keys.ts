/** Keys that act on the canvas while the focus is inside it. */
import type { KeyboardEvent } from "react";
import { GRID } from "../model/card";
import { looseEnds } from "../model/issues";
import { type Direction, neighbour } from "../model/navigation";
import { portsOf } from "../model/ports";
import { builder } from "../store/builder";

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
const FAR = 50;

export function onCanvasKey(event: KeyboardEvent<HTMLElement>): void {
  if (event.target instanceof HTMLInputElement) return;
  if (event.target instanceof Element && event.target.closest(".counts")) return;
  if (event.ctrlKey || event.metaKey) return;
  const handled = event.key in ARROWS ? arrow(event) : other(event);
  if (handled) event.preventDefault();
}

function arrow(event: KeyboardEvent<HTMLElement>): boolean {
  const direction = ARROWS[event.key];
  const id = focusedNode(event);
  if (!direction || !id) return false;
  if (event.altKey) {
    nudge(direction, event.shiftKey ? FAR : GRID);
    return true;
  }
  const next = neighbour(builder().graph, id, direction);
  if (next) goTo(next);
  return true;
}

function nudge(direction: Direction, by: number): void {
  const { selection, graph, moveNodes } = builder();
  const dx = direction === "left" ? -by : direction === "right" ? by : 0;
  const dy = direction === "up" ? -by : direction === "down" ? by : 0;
  const places = selection.flatMap((id) => {
    const place = graph.layout[id];
    return place ? [[id, { x: place.x + dx, y: place.y + dy }] as const] : [];
  });
  moveNodes(Object.fromEntries(places), "nudge");
}

function goTo(id: string): void {
  builder().select([id]);
  builder().show(id, true);
}

function other(event: KeyboardEvent<HTMLElement>): boolean {
  const { linking, finishLinking, removeSelection, openPanel, select } = builder();
  const id = focusedNode(event);
  switch (event.key) {
    case "Delete":
    case "Backspace":
      removeSelection();
      return true;
    case "Escape":
      if (linking) finishLinking(null);
      else select([]);
      return true;
    case "Enter":
    case " ":
      if (!id) return false;
      if (linking) finishLinking(id);
      else {
        select([id]);
        openPanel();
        focusPanel();
      }
      return true;
    case "c":
      if (id) linkFirstLoose(id);
      return id !== null;
    default:
      return /^[1-9]$/.test(event.key) && id !== null && followPort(id, Number(event.key));
  }
}

/** The node that has the focus, or the selected one when the canvas itself has it. */
function focusedNode(event: KeyboardEvent<HTMLElement>): string | null {
  const element = (event.target as HTMLElement).closest<HTMLElement>(".react-flow__node");
  return element?.dataset.id ?? builder().selection.at(-1) ?? null;
}

function linkFirstLoose(id: string): void {
  const { graph, applets, startLinking } = builder();
  const loose = looseEnds(graph, applets).find((end) => end.node === id);
  if (loose) startLinking(id, loose.port);
}

function followPort(id: string, number: number): boolean {
  const { graph, applets } = builder();
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const port = node ? portsOf(applets.get(node.type), node.settings)[number - 1] : undefined;
  const target = graph.connections.find((c) => c.from === id && c.port === port?.name)?.to;
  if (target) goTo(target);
  return target !== undefined;
}

function focusPanel(): void {
  window.setTimeout(() => {
    document.querySelector<HTMLElement>(".pp .bd :is(input,textarea,select,button)")?.focus();
  }, 50);
}
