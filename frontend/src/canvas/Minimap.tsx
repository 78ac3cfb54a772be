import { useReactFlow, useStore } from "@xyflow/react";
import { type PointerEvent, useEffect, useRef } from "react";
import { t } from "../i18n";
import type { CardNode } from "./derive";

const WIDTH = 148;
const HEIGHT = 104;
const MARGIN = 10;

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** The whole flow in small, painted on a canvas: thousands of nodes cost one picture. */
export function Minimap({ nodes }: { readonly nodes: readonly CardNode[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<Frame>({ x: 0, y: 0, scale: 1 });
  const transform = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const { setCenter, getZoom } = useReactFlow();

  useEffect(() => {
    if (canvas.current) frame.current = paint(canvas.current, nodes, transform, width, height);
  }, [nodes, transform, width, height]);

  const goTo = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { x, y, scale } = frame.current;
    const place = {
      x: x + (event.clientX - box.left) / scale,
      y: y + (event.clientY - box.top) / scale,
    };
    void setCenter(place.x, place.y, { zoom: getZoom() });
  };
  if (nodes.length === 0) return null;
  return (
    <canvas
      ref={canvas}
      className="mini nopan nodrag"
      width={WIDTH * 2}
      height={HEIGHT * 2}
      role="img"
      aria-label={t("Small map of the flow")}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => event.buttons > 0 && goTo(event)}
    />
  );
}

function paint(
  canvas: HTMLCanvasElement,
  nodes: readonly CardNode[],
  [panX, panY, zoom]: readonly [number, number, number],
  width: number,
  height: number,
): Frame {
  const view = { x: -panX / zoom, y: -panY / zoom, w: width / zoom, h: height / zoom };
  const boxes = nodes.map(({ position, width: w = 0, height: h = 0 }) => ({ ...position, w, h }));
  const frame = frameAround([...boxes, view]);
  const context = canvas.getContext("2d");
  if (!context) return frame;
  const style = getComputedStyle(canvas);
  const at = (value: number, origin: number) => (value - origin) * frame.scale;
  context.setTransform(2, 0, 0, 2, 0, 0);
  context.clearRect(0, 0, WIDTH, HEIGHT);
  context.globalAlpha = 0.75;
  nodes.forEach((node, index) => {
    const box = boxes[index];
    if (!box) return;
    context.fillStyle = style.getPropertyValue(`--c-${node.data.applet?.category ?? "start"}`);
    context.beginPath();
    context.roundRect(
      at(box.x, frame.x),
      at(box.y, frame.y),
      box.w * frame.scale,
      box.h * frame.scale,
      2,
    );
    context.fill();
  });
  context.globalAlpha = 1;
  context.strokeStyle = style.getPropertyValue("--accent");
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(
    at(view.x, frame.x),
    at(view.y, frame.y),
    view.w * frame.scale,
    view.h * frame.scale,
    3,
  );
  context.stroke();
  return frame;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function frameAround(boxes: readonly Box[]): Frame {
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.w));
  const bottom = Math.max(...boxes.map((box) => box.y + box.h));
  const scale = Math.min((WIDTH - MARGIN) / (right - left), (HEIGHT - MARGIN) / (bottom - top));
  return {
    x: left - (WIDTH / scale - (right - left)) / 2,
    y: top - (HEIGHT / scale - (bottom - top)) / 2,
    scale,
  };
}
