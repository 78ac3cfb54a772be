import {
  Background,
  BackgroundVariant,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  SelectionMode,
  useReactFlow,
} from "@xyflow/react";
import { lazy, Suspense, useMemo, useRef } from "react";
import type { Place } from "../api/types";
import { t } from "../i18n";
import { GRID } from "../model/card";
import * as edits from "../model/edits";
import { builder, useBuilder } from "../store/builder";
import { parseWireId } from "../store/graph_slice";
import { isNarrow } from "../ui/look";
import { Card } from "./Card";
import type { CardNode, WireEdge } from "./derive";
import { onCanvasKey } from "./keys";
import { Minimap } from "./Minimap";
import { useDrawn } from "./useDrawn";
import { useReveal, useShowFlow } from "./view";
import { Wire } from "./Wire";
import { ZoomBar } from "./ZoomBar";

/** It comes when counts are asked for: drawing needs none of it. */
const CountsBar = lazy(() =>
  import("../counts/CountsBar").then((part) => ({ default: part.CountsBar })),
);

const nodeTypes = { card: Card };
const edgeTypes = { wire: Wire };
const SNAP: [number, number] = [GRID, GRID];
const MULTI_SELECT = ["Shift", "Meta", "Control"];

/** The place where a flow is drawn. */
export function Canvas() {
  const { nodes, edges } = useDrawn();
  const linking = useBuilder((state) => state.linking);
  const canEdit = useBuilder((state) => state.canEdit);
  const counting = useBuilder((state) => state.countsShown);
  const wrapper = useRef<HTMLElement>(null);
  const { screenToFlowPosition } = useReactFlow();
  const showFlow = useShowFlow();
  useReveal(wrapper);

  const onConnectEnd = useMemo(
    () => (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { fromNode, fromHandle, isValid } = state;
      if (isValid || !fromNode || !fromHandle?.id || fromHandle.type !== "source") return;
      const point = pointOf(event);
      const target = nodeAt(point);
      const from = { node: fromNode.id, port: fromHandle.id };
      if (target === from.node && isNear(point, event)) return;
      if (target) builder().connect({ from: from.node, port: from.port, to: target });
      else builder().offerApplets({ from, screen: point, at: screenToFlowPosition(point) });
    },
    [screenToFlowPosition],
  );

  return (
    <main
      ref={wrapper}
      className={linking ? "cv linking" : "cv"}
      aria-label={t("Call flow canvas")}
      onKeyDown={onCanvasKey}
    >
      <ReactFlow<CardNode, WireEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={() => builder().drop()}
        onSelectionDragStop={() => builder().drop()}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onReconnect={(edge, connection) => reconnect(edge.id, connection)}
        onNodeClick={(_, node) => builder().linking && builder().finishLinking(node.id)}
        onNodeDoubleClick={() => builder().openPanel()}
        onPaneClick={() => builder().linking && builder().finishLinking(null)}
        nodesDraggable={canEdit}
        nodesConnectable={canEdit}
        edgesReconnectable={canEdit}
        edgesFocusable={false}
        connectOnClick={false}
        connectionRadius={26}
        selectNodesOnDrag={false}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={MULTI_SELECT}
        deleteKeyCode={null}
        disableKeyboardA11y
        onlyRenderVisibleElements
        snapToGrid
        snapGrid={SNAP}
        minZoom={0.15}
        maxZoom={2}
        onInit={() => void showFlow(true)}
        attributionPosition="bottom-center"
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={2.2} color="var(--dot)" />
        <ZoomBar />
        <Minimap nodes={nodes} />
      </ReactFlow>
      {counting ? (
        <Suspense fallback={null}>
          <CountsBar />
        </Suspense>
      ) : null}
      {nodes.length === 0 ? <EmptyHint canEdit={canEdit} /> : null}
      {linking ? (
        <div className="hint" role="note">
          {t("Choose the applet this output leads to.")}
          <button type="button" className="link" onClick={() => builder().finishLinking(null)}>
            {t("Cancel")}
          </button>
        </div>
      ) : null}
    </main>
  );
}

function EmptyHint({ canEdit }: { readonly canEdit: boolean }) {
  if (!canEdit) {
    return (
      <div className="empty">
        <b>{t("Nothing is drawn yet")}</b>
        <span>{t("Colleagues who may build draw the flow here.")}</span>
      </div>
    );
  }
  return (
    <div className="empty">
      <b>{t("Start with what the caller hears first")}</b>
      <span>
        {isNarrow()
          ? t("Press Add applet and choose one.")
          : t("Drag an applet here, or choose one from the list.")}
      </span>
    </div>
  );
}

function onNodesChange(changes: NodeChange<CardNode>[]): void {
  const places: Record<string, Place> = {};
  let selection: string[] | null = null;
  for (const change of changes) {
    if (change.type === "position" && change.position) places[change.id] = change.position;
    if (change.type === "select") {
      selection = toggled(selection ?? builder().selection, change.id, change.selected);
    }
  }
  if (Object.keys(places).length > 0) builder().drag(places);
  if (selection && !builder().linking) builder().select(selection, builder().wires);
}

function onEdgesChange(changes: EdgeChange<WireEdge>[]): void {
  let wires: string[] | null = null;
  for (const change of changes) {
    if (change.type === "select") {
      wires = toggled(wires ?? builder().wires, change.id, change.selected);
    }
  }
  if (wires) builder().select(builder().selection, wires);
}

function toggled(list: readonly string[], id: string, on: boolean): string[] {
  const others = list.filter((other) => other !== id);
  return on ? [...others, id] : others;
}

function onConnect({ source, sourceHandle, target }: Connection): void {
  if (sourceHandle) builder().connect({ from: source, port: sourceHandle, to: target });
}

/** A wire pulled off one end and put elsewhere: its old port is set free in the same step. */
function reconnect(wire: string, { source, sourceHandle, target }: Connection): void {
  const connection = { from: source, port: sourceHandle ?? "", to: target };
  const old = parseWireId(wire);
  const samePort = old.from === connection.from && old.port === connection.port;
  builder().edit((graph) =>
    edits.connect(samePort ? graph : edits.disconnect(graph, [old]), connection),
  );
}

function pointOf(event: MouseEvent | TouchEvent): Place {
  const point = "changedTouches" in event ? event.changedTouches[0] : event;
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 };
}

function nodeAt({ x, y }: Place): string | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>(".react-flow__node");
  return element?.dataset.id ?? null;
}

/** Let go on the handle it began at: that was a click, not a connection of a node to itself. */
function isNear({ x, y }: Place, event: Event): boolean {
  const under = document.elementFromPoint(x, y);
  return under === event.target || under?.closest(".react-flow__handle, li") !== null;
}
