/** The line of a connection: a curve when it leads on, an angular way around when it leads back. */
import { getBezierPath, getSmoothStepPath, Position } from "@xyflow/react";

export interface Ends {
  readonly sourceX: number;
  readonly sourceY: number;
  readonly targetX: number;
  readonly targetY: number;
}

const AHEAD = 6;
const CORNER = 14;
const STUB = 20;

export interface WirePath {
  readonly path: string;
  readonly labelX: number;
  readonly labelY: number;
}

export function wirePath(ends: Ends, bend: number): WirePath {
  const sides = { ...ends, sourcePosition: Position.Right, targetPosition: Position.Left };
  const [path, labelX, labelY] =
    ends.targetX >= ends.sourceX + AHEAD
      ? getBezierPath({ ...sides, curvature: 0.35 })
      : getSmoothStepPath({ ...sides, borderRadius: CORNER, offset: STUB, centerY: bend });
  return { path, labelX, labelY };
}
