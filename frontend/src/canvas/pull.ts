/** The dot at which wires arrive can be taken hold of: the wire drawn on top comes along. */
import type { MouseEvent } from "react";
import { builder } from "../store/builder";
import { wireId } from "../store/graph_slice";

export function pullWireEnd({ button, clientX, clientY }: MouseEvent, node: string): void {
  const { graph, wires, canEdit } = builder();
  if (button !== 0 || !canEdit) return;
  const arriving = graph.connections.filter(({ to }) => to === node).map(wireId);
  const wire = arriving.find((id) => wires.includes(id)) ?? arriving.at(-1);
  if (wire === undefined) return;
  // React Flow moves a wire by the anchor beside the dot, which the dot itself covers.
  document
    .querySelector(
      `.react-flow__edge[data-id="${CSS.escape(wire)}"] .react-flow__edgeupdater-target`,
    )
    ?.dispatchEvent(
      new window.MouseEvent("mousedown", { bubbles: true, button, clientX, clientY }),
    );
}
