/** The graph, its history, and every edit the user can make. */
import type { EntryKind, Place, WireConnection, WireGraph } from "../api/types";
import { t, tn } from "../i18n";
import { cardHeight } from "../model/card";
import { type Clipping, copy, paste } from "../model/clipboard";
import * as edits from "../model/edits";
import { type History, NO_HISTORY, record, redo, undo } from "../model/history";
import { looseEnds } from "../model/issues";
import { tidy } from "../model/layout";
import { besidePlace, freePlace, snapPlace } from "../model/places";
import { portsOf } from "../model/ports";
import { setStart } from "../model/starts";
import { summaryOf } from "../model/summary";
import { EMPTY_GRAPH } from "../model/wire";
import type { Builder, GetBuilder, SetBuilder } from "./builder";

export interface GraphSlice {
  readonly graph: WireGraph;
  readonly history: History;
  readonly clipping: Clipping | null;
  edit(change: (graph: WireGraph) => WireGraph, group?: string | null): void;
  undo(): void;
  redo(): void;
  addApplet(slug: string, options?: AddOptions): void;
  connect(connection: WireConnection): void;
  disconnect(from: string, port: string): void;
  renameNode(id: string, name: string): void;
  setNote(id: string, text: string): void;
  setStart(kind: EntryKind, id: string | null): void;
  moveNodes(places: Readonly<Record<string, Place>>, group?: string | null): void;
  removeSelection(): void;
  copySelection(): void;
  pasteClipping(): void;
  duplicateSelection(): void;
  tidyUp(): void;
}

export interface AddOptions {
  /** Where to put it: a point that was pointed at. */
  readonly at?: Place;
  /** The middle of what is visible, used when nothing is selected. */
  readonly around?: Place;
  /** The port that should lead to the new node. */
  readonly from?: { readonly node: string; readonly port: string };
}

export function createGraphSlice(set: SetBuilder, get: GetBuilder): GraphSlice {
  const travel = (step: typeof undo, said: string) => {
    const { form, graph, history } = get();
    if (form) return get().revertForm();
    const travelled = step(history, graph);
    if (!travelled) return;
    set({ graph: travelled.graph, history: travelled.history });
    get().forgetMissing();
    get().announce(said);
  };
  const putDown = (clipping: Clipping | null) => {
    if (!clipping || !get().canEdit) return;
    const pasted = paste(get().graph, clipping, { x: 40, y: 40 });
    get().edit(() => pasted.graph);
    get().select(pasted.ids);
  };

  return {
    graph: EMPTY_GRAPH,
    history: NO_HISTORY,
    clipping: null,

    edit: (change, group = null) => {
      const { graph: before, history, canEdit } = get();
      if (!canEdit) return;
      const graph = change(before);
      if (graph === before) return;
      set({ graph, history: record(history, before, group, Date.now()), draftDiffers: true });
    },
    undo: () => travel(undo, t("Undone.")),
    redo: () => travel(redo, t("Done again.")),

    addApplet: (slug, options = {}) => {
      const { applets, graph, edit, select } = get();
      const applet = applets.get(slug);
      if (!applet) return;
      const node = edits.makeNode(graph, applet);
      const from = options.from ?? (options.at ? null : portToContinue(get()));
      const wanted =
        options.at ?? (from ? besidePlace(graph, from.node) : startingPlace(get(), options));
      const ports = portsOf(applet, node.settings);
      const height = cardHeight({ summary: "x", ports, strip: ports.length > 0 });
      const place = options.at
        ? snapPlace(options.at)
        : freePlace(graph, wanted, (id) => heightOf(get(), id), height);
      edit((before) => {
        const added = edits.addNode(before, node, place);
        return from
          ? edits.connect(added, { from: from.node, port: from.port, to: node.id })
          : added;
      });
      select([node.id]);
      set({ fresh: node.id });
      get().announce(t("{name} added.", { name: node.name }));
    },
    connect: (connection) => {
      get().edit((graph) => edits.connect(graph, connection));
      get().announce(t("Connected."));
    },
    disconnect: (from, port) => get().edit((graph) => edits.disconnect(graph, [{ from, port }])),
    renameNode: (id, name) =>
      get().edit((graph) => edits.renameNode(graph, id, name), `name:${id}`),
    setNote: (id, text) => get().edit((graph) => edits.setNote(graph, id, text), `note:${id}`),
    setStart: (kind, id) => get().edit((graph) => setStart(graph, kind, id)),
    moveNodes: (places, group = null) =>
      get().edit((graph) => edits.moveNodes(graph, places), group),

    removeSelection: () => {
      const { selection, wires, edit, canEdit } = get();
      if (!canEdit || selection.length + wires.length === 0) return;
      const ports = wires.map(parseWireId);
      edit((graph) => edits.removeNodes(edits.disconnect(graph, ports), selection));
      get().forgetMissing();
      if (selection.length > 0) {
        const said = tn("{n} applet deleted.", "{n} applets deleted.", selection.length);
        get().notify(said, "mute", { label: t("Undo"), run: () => get().undo() });
      }
    },
    copySelection: () => {
      const clipping = copy(get().graph, get().selection);
      if (!clipping) return;
      set({ clipping });
      get().announce(tn("{n} applet copied.", "{n} applets copied.", clipping.nodes.length));
    },
    pasteClipping: () => putDown(get().clipping),
    duplicateSelection: () => putDown(copy(get().graph, get().selection)),

    tidyUp: () => {
      const heights = Object.fromEntries(
        get().graph.nodes.map((node) => [node.id, heightOf(get(), node.id)]),
      );
      get().edit((graph) => edits.moveNodes(graph, tidy(graph, heights)));
    },
  };
}

/** The one free port of the one selected node. */
function portToContinue({ selection, graph, applets }: Builder) {
  const [id] = selection;
  if (selection.length !== 1 || id === undefined) return null;
  const free = looseEnds(graph, applets).filter((loose) => loose.node === id);
  return free.length === 1 && free[0] ? free[0] : null;
}

function startingPlace({ selection, graph }: Builder, options: AddOptions): Place {
  const last = selection.at(-1);
  if (last !== undefined) return besidePlace(graph, last);
  return options.around ?? { x: 0, y: 0 };
}

export function heightOf({ graph, applets }: Builder, id: string): number {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const applet = node && applets.get(node.type);
  const ports = node ? portsOf(applet, node.settings) : [];
  const taken = graph.connections.filter((connection) => connection.from === id).length;
  const summary = applet && node ? summaryOf(applet.summary, node.settings) : "";
  return cardHeight({ summary, ports, strip: taken < ports.length });
}

/** A connection is known on the canvas by its port: there is one connection per port. */
export const wireId = ({ from, port }: Pick<WireConnection, "from" | "port">) => `${from}:${port}`;

export function parseWireId(id: string): { from: string; port: string } {
  const colon = id.indexOf(":");
  return { from: id.slice(0, colon), port: id.slice(colon + 1) };
}
