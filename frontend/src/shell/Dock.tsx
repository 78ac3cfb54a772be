import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { Button } from "../ui/Button";
import { IssuesMenu } from "./IssuesMenu";

/** On narrow screens, what the thumb needs. */
export function Dock({ onAdd }: { readonly onAdd: () => void }) {
  const canUndo = useBuilder((state) => state.history.past.length > 0 || state.form !== null);
  const canEdit = useBuilder((state) => state.canEdit);
  if (!canEdit) {
    return (
      <div className="dock">
        <CountsButton />
      </div>
    );
  }
  return (
    <div className="dock">
      <Button
        icon="undo-2"
        label={t("Undo")}
        disabled={!canUndo}
        onClick={() => builder().undo()}
      />
      <CountsButton />
      <IssuesMenu />
      <Button icon="plus" look="primary" testId="add-applet" onClick={onAdd}>
        {t("Add applet")}
      </Button>
    </div>
  );
}

function CountsButton() {
  const counting = useBuilder((state) => state.countsShown);
  return (
    <Button
      icon="chart-column"
      label={t("Counts")}
      testId="dock-counts"
      aria-pressed={counting}
      className={counting ? "on" : ""}
      onClick={() => builder().toggleCounts()}
    />
  );
}
