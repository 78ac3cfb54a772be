import { useReactFlow, useStoreApi } from "@xyflow/react";
import { CARD_WIDTH } from "../model/card";
import { builder } from "../store/builder";

/** Adds an applet where the user is looking, and keeps the new node in view. */
export function useAddInView(): (slug: string, focus?: boolean) => void {
  const { screenToFlowPosition } = useReactFlow();
  const flow = useStoreApi();
  return (slug, focus = false) => {
    const box = flow.getState().domNode?.getBoundingClientRect();
    const middle = screenToFlowPosition({
      x: (box?.left ?? 0) + (box?.width ?? 0) / 2,
      y: (box?.top ?? 0) + (box?.height ?? 0) / 3,
    });
    builder().addApplet(slug, { around: { x: middle.x - CARD_WIDTH / 2, y: middle.y } });
    showAdded(focus);
  };
}

export function showAdded(focus = false): void {
  const node = builder().selection.at(-1);
  if (node === undefined) return;
  // One frame later React Flow knows the new node and can lead to it.
  window.setTimeout(() => builder().show(node, focus), 30);
}
