import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { shortNumber, t, tn } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { parseWireId } from "../store/graph_slice";
import { Button } from "../ui/Button";
import type { WireEdge } from "./derive";
import { wirePath } from "./wire_path";

/** A count stands beside the output: in their middles wires meet. */
const BESIDE = 9;

/** A connection. While it is selected it offers to be removed, for those without a Delete key. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { source, sourceHandleId, selected, data } = props;
  const { path, labelX, labelY } = wirePath(props, data?.bend ?? props.targetY);
  const counting = useBuilder((state) => state.counts !== null);
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        interactionWidth={22}
        className={data?.walked ? "wire walked" : "wire"}
      />
      {counting ? <WireCount id={props.id} x={props.sourceX + BESIDE} y={props.sourceY} /> : null}
      {selected ? (
        <EdgeLabelRenderer>
          <div
            className="cut nodrag nopan"
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            <Button
              icon="trash-2"
              label={t("Delete the connection")}
              onClick={() => builder().disconnect(source, sourceHandleId ?? "")}
            />
          </div>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});

interface CountProps {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** How many calls went this way; it leads to the last of them. */
function WireCount({ id, x, y }: CountProps) {
  const count = useBuilder((state) => state.counts?.wires[id] ?? 0);
  const { from, port } = parseWireId(id);
  return (
    <EdgeLabelRenderer>
      <button
        type="button"
        className={count > 0 ? "count nodrag nopan" : "count none nodrag nopan"}
        style={{ transform: `translate(0, -50%) translate(${x}px, ${y}px)` }}
        data-testid={`count-${id}`}
        aria-label={tn("{n} call went this way", "{n} calls went this way", count)}
        onClick={() => builder().listCalls({ node: from, port })}
      >
        {shortNumber(count)}
      </button>
    </EdgeLabelRenderer>
  );
}
