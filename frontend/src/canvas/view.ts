/** Where the canvas looks: at the whole flow while that is readable, else at its beginning. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect } from "react";
import { startsOf } from "../model/starts";
import { builder, useBuilder } from "../store/builder";
import { isNarrow } from "../ui/look";

const READABLE = 0.5;
const READING = 0.8;
const MARGIN = 28;
const FIT = { padding: 0.08, maxZoom: 1 };

/** Fit the flow; on opening, a flow too large to be read is shown from its start instead. */
export function useShowFlow() {
  const { fitView, setViewport, getNode } = useReactFlow();
  const flow = useStoreApi();
  return useCallback(
    async (opening = false) => {
      // Without nodes React Flow would keep the wish and jump when the first one is put down.
      if (builder().graph.nodes.length === 0) return;
      await fitView({ ...FIT, duration: opening ? 0 : 200 });
      const { transform, height } = flow.getState();
      const start = getNode(startsOf(builder().graph)[0]?.node ?? "");
      if (!opening || !start || transform[2] >= READABLE) return;
      const middle = start.position.y + (start.height ?? 0) / 2;
      const y = height / (isNarrow() ? 4 : 2) - middle * READING;
      await setViewport({ x: MARGIN - start.position.x * READING, y, zoom: READING });
    },
    [fitView, setViewport, getNode, flow],
  );
}

/** Brings nodes into view when something leads to them: an issue, an arrow key, a call. */
export function useReveal(wrapper: React.RefObject<HTMLElement | null>): void {
  const reveal = useBuilder((state) => state.reveal);
  const callAt = useBuilder((state) => state.trace.at);
  const selected = useBuilder((state) =>
    state.selection.length === 1 ? (state.selection[0] ?? null) : null,
  );
  const show = useShowNode();

  useEffect(() => {
    if (!reveal) return;
    show(reveal.node, true);
    return later(() => focusNode(wrapper.current, reveal.node, reveal.focus), 240);
  }, [reveal, show, wrapper]);

  useEffect(() => (callAt ? later(() => show(callAt, false), 60) : undefined), [callAt, show]);

  // On a narrow screen the panel comes up over the lower half, where the node may be.
  useEffect(() => {
    if (selected && isNarrow()) return later(() => show(selected, false), 120);
    return undefined;
  }, [selected, show]);
}

function later(action: () => void, delay: number): () => void {
  const timer = window.setTimeout(action, delay);
  return () => window.clearTimeout(timer);
}

function useShowNode() {
  const { setCenter, getNode } = useReactFlow();
  const flow = useStoreApi();
  return useCallback(
    (id: string, always: boolean) => {
      const node = getNode(id);
      if (!node) return;
      const { transform, width, height } = flow.getState();
      const [x, y, zoom] = transform;
      const [w, h] = [node.width ?? 0, node.height ?? 0];
      const left = node.position.x * zoom + x;
      const top = node.position.y * zoom + y;
      const inside = left >= 0 && top >= 0 && left + w * zoom <= width && top + h * zoom <= height;
      if (inside && zoom >= READABLE) return;
      if (inside && !always) return;
      const closer = Math.max(zoom, isNarrow() ? READING : READABLE + 0.2);
      void setCenter(node.position.x + w / 2, node.position.y + h / 2, {
        zoom: closer,
        duration: 200,
      });
    },
    [setCenter, getNode, flow],
  );
}

/** Unless asked, move the focus only within the canvas: never out of a list or a field. */
function focusNode(canvas: HTMLElement | null, id: string, always: boolean): void {
  if (!always && !canvas?.contains(document.activeElement)) return;
  canvas?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
}
