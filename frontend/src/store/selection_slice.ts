/** What is selected, what is being moved, and which port is looking for its target. */
import type { Place } from "../api/types";
import { t } from "../i18n";
import type { GetBuilder, SetBuilder } from "./builder";
import { parseWireId } from "./graph_slice";

export type PanelTab = "settings" | "outputs" | "notes";

export interface Offer {
  readonly from: { readonly node: string; readonly port: string };
  readonly at: Place;
  readonly screen: Place;
}

export interface SelectionSlice {
  readonly selection: readonly string[];
  readonly wires: readonly string[];
  /** Places of nodes while they are dragged; they reach the graph when they are dropped. */
  readonly moving: Readonly<Record<string, Place>>;
  readonly linking: { readonly node: string; readonly port: string } | null;
  /** An output was let go over empty canvas: which applet should stand there? */
  readonly offer: Offer | null;
  readonly panelOpen: boolean;
  readonly tab: PanelTab;
  /** A node just added: its empty fields are not scolded before the user had a chance. */
  readonly fresh: string | null;
  /** The setting that an issue points at; its field takes the focus once. */
  readonly focusSetting: string | null;
  /** A node the canvas should bring into view, and a number that makes repeats distinct. */
  readonly reveal: {
    readonly node: string;
    readonly turn: number;
    /** Whether the node should take the focus, wherever that is now. */
    readonly focus: boolean;
  } | null;
  select(nodes: readonly string[], wires?: readonly string[]): void;
  openPanel(tab?: PanelTab): void;
  closePanel(): void;
  showTab(tab: PanelTab): void;
  drag(places: Readonly<Record<string, Place>>): void;
  drop(): void;
  startLinking(node: string, port: string): void;
  finishLinking(target: string | null): void;
  offerApplets(offer: Offer | null): void;
  /** Bring a node into view without selecting it. */
  show(node: string, focus?: boolean): void;
  jumpTo(node: string, setting?: string | null, port?: string | null): void;
  forgetMissing(): void;
}

export function createSelectionSlice(set: SetBuilder, get: GetBuilder): SelectionSlice {
  return {
    selection: [],
    wires: [],
    moving: {},
    linking: null,
    offer: null,
    panelOpen: true,
    tab: "settings",
    fresh: null,
    focusSetting: null,
    reveal: null,

    select: (nodes, wires = []) => {
      const { selection: before, form } = get();
      if (sameList(before, nodes) && sameList(get().wires, wires)) return;
      if (form && !nodes.includes(form.node)) get().applyForm("moved");
      const moved = !sameList(before, nodes);
      set({ selection: nodes, wires, focusSetting: null });
      if (moved) set({ fresh: null });
      if (moved && nodes.length === 1) set({ tab: "settings", panelOpen: true });
    },
    openPanel: (tab = "settings") => set({ panelOpen: true, tab }),
    closePanel: () => {
      if (get().form) get().applyForm("moved");
      set({ panelOpen: false });
    },
    showTab: (tab) => {
      if (tab === "outputs" && get().form) get().applyForm("moved");
      set({ tab });
    },

    drag: (places) => set(({ moving }) => ({ moving: { ...moving, ...places } })),
    drop: () => {
      get().moveNodes(get().moving);
      set({ moving: {} });
    },

    startLinking: (node, port) => {
      set({ linking: { node, port }, notice: null });
      get().announce(t("Choose the applet this output leads to. Esc cancels."));
    },
    finishLinking: (target) => {
      const { linking } = get();
      set({ linking: null });
      if (linking && target) get().connect({ from: linking.node, port: linking.port, to: target });
    },

    offerApplets: (offer) => set({ offer }),

    jumpTo: (node, setting = null, port = null) => {
      get().select([node]);
      set({
        panelOpen: true,
        tab: port !== null && setting === null ? "outputs" : "settings",
        fresh: null,
        focusSetting: setting,
      });
      get().show(node);
    },
    show: (node, focus = false) =>
      set(({ reveal }) => ({ reveal: { node, focus, turn: (reveal?.turn ?? 0) + 1 } })),
    forgetMissing: () => {
      const { graph, selection, wires, form } = get();
      const ids = new Set(graph.nodes.map((node) => node.id));
      const ports = new Set(graph.connections.map((c) => `${c.from}:${c.port}`));
      set({
        selection: selection.filter((id) => ids.has(id)),
        wires: wires.filter((id) => ports.has(id) && ids.has(parseWireId(id).from)),
        linking: null,
        form: form && ids.has(form.node) ? form : null,
      });
    },
  };
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
