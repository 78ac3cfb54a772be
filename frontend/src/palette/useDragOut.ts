import { useReactFlow } from "@xyflow/react";
import { type PointerEvent as ReactPointerEvent, useRef, useState } from "react";
import type { Applet, Place } from "../api/types";
import { CARD_WIDTH } from "../model/card";
import { builder } from "../store/builder";

const BEGIN_AFTER_PX = 5;
const CARD_GRIP = { x: CARD_WIDTH / 2, y: 24 };

export interface Ghost {
  readonly applet: Applet;
  readonly at: Place;
}

/** Dragging out of the palette by pointer events: mouse, pen and finger alike. */
export function useDragOut() {
  const { screenToFlowPosition, getZoom } = useReactFlow();
  const [ghost, setGhost] = useState<Ghost | null>(null);
  // A drag ends with a click event on the item; that click must not add a second node.
  const swallowClick = useRef(false);

  const onPointerDown = (event: ReactPointerEvent<HTMLElement>, applet: Applet) => {
    if (event.button !== 0) return;
    const item = event.currentTarget;
    const start = { x: event.clientX, y: event.clientY };
    let dragging = false;
    item.setPointerCapture(event.pointerId);
    swallowClick.current = false;

    const onMove = (move: PointerEvent) => {
      const far = Math.hypot(move.clientX - start.x, move.clientY - start.y) > BEGIN_AFTER_PX;
      if (!dragging && !far) return;
      dragging = true;
      setGhost({ applet, at: { x: move.clientX, y: move.clientY } });
    };
    const stop = () => {
      item.removeEventListener("pointermove", onMove);
      item.removeEventListener("pointerup", onUp);
      item.removeEventListener("pointercancel", stop);
      setGhost(null);
    };
    const onUp = (up: PointerEvent) => {
      stop();
      if (!dragging) return;
      swallowClick.current = true;
      if (!isOverCanvas(up)) return;
      const zoom = getZoom();
      const at = screenToFlowPosition(
        { x: up.clientX - CARD_GRIP.x * zoom, y: up.clientY - CARD_GRIP.y * zoom },
        { snapToGrid: true },
      );
      builder().addApplet(applet.slug, { at });
    };
    item.addEventListener("pointermove", onMove);
    item.addEventListener("pointerup", onUp);
    item.addEventListener("pointercancel", stop);
  };

  const isClick = () => {
    const real = !swallowClick.current;
    swallowClick.current = false;
    return real;
  };
  return { ghost, onPointerDown, isClick };
}

/** The palette item holds the pointer, so the place under it has to be asked for. */
function isOverCanvas({ clientX, clientY }: PointerEvent): boolean {
  const elements = document.elementsFromPoint(clientX, clientY);
  return elements.some((element) => element.closest(".cv") !== null);
}
