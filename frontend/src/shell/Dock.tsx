import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { Button } from "../ui/Button";
import { IssuesMenu } from "./IssuesMenu";

/** On narrow screens, what the thumb needs. */
export function Dock({ onAdd }: { readonly onAdd: () => void }) {
  const canUndo = useBuilder((state) => state.history.past.length > 0 || state.form !== null);
  const canEdit = useBuilder((state) => state.canEdit);
  if (!canEdit) return null;
  return (
    <div className="dock">
      <Button
        icon="undo-2"
        label={t("Undo")}
        disabled={!canUndo}
        onClick={() => builder().undo()}
      />
      <IssuesMenu />
      <Button icon="plus" look="primary" testId="add-applet" onClick={onAdd}>
        {t("Add applet")}
      </Button>
    </div>
  );
}
