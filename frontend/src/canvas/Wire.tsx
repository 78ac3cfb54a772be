import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { t } from "../i18n";
import { builder } from "../store/builder";
import { Button } from "../ui/Button";
import type { WireEdge } from "./derive";
import { wirePath } from "./wire_path";

/** A connection. While it is selected it offers to be removed, for those without a Delete key. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { source, sourceHandleId, selected, data } = props;
  const { path, labelX, labelY } = wirePath(props, data?.bend ?? props.targetY);
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        interactionWidth={22}
        className={data?.walked ? "wire walked" : "wire"}
      />
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
