import { useReactFlow, useStore } from "@xyflow/react";
import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { Button } from "../ui/Button";
import { useShowFlow } from "./view";

export function ZoomBar() {
  const { zoomIn, zoomOut, zoomTo } = useReactFlow();
  const showFlow = useShowFlow();
  const canEdit = useBuilder((state) => state.canEdit);
  const counting = useBuilder((state) => state.countsShown);
  const zoom = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className="zoom nopan nodrag">
      <div className="group">
        <Button icon="minus" label={t("Zoom out")} onClick={() => void zoomOut()} />
        <Button onClick={() => void zoomTo(1)} title={t("Show at full size")}>
          {zoom}%
        </Button>
        <Button icon="plus" label={t("Zoom in")} onClick={() => void zoomIn()} />
        <Button icon="maximize" label={t("Fit the flow")} onClick={() => void showFlow()} />
      </div>
      <Button
        icon="chart-column"
        testId="counts"
        aria-pressed={counting}
        className={counting ? "on" : ""}
        title={t("Show what calls did here")}
        onClick={() => builder().toggleCounts()}
      >
        <span>{t("Counts")}</span>
      </Button>
      {canEdit ? (
        <Button
          icon="layout-grid"
          testId="tidy-up"
          onClick={() => {
            builder().tidyUp();
            window.setTimeout(() => void showFlow(), 30);
          }}
        >
          {t("Tidy up")}
        </Button>
      ) : null}
    </div>
  );
}
