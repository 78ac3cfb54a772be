import { t, tn } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { Button } from "../ui/Button";

/** What can be done with several nodes at once. */
export function SelectionPanel({ count }: { readonly count: number }) {
  const canEdit = useBuilder((state) => state.canEdit);
  return (
    <>
      <header>
        <div className="grow">
          <h2>{tn("{n} applet selected", "{n} applets selected", count)}</h2>
          <span className="sub">{t("Drag one of them to move all")}</span>
        </div>
        <Button icon="x" look="ghost" label={t("Close")} onClick={() => builder().select([])} />
      </header>
      <div className="bd stack">
        <Button icon="copy" disabled={!canEdit} onClick={() => builder().duplicateSelection()}>
          {t("Duplicate")}
        </Button>
        <Button icon="clipboard-paste" onClick={() => builder().copySelection()}>
          {t("Copy")}
        </Button>
        <Button
          icon="trash-2"
          look="danger"
          disabled={!canEdit}
          onClick={() => builder().removeSelection()}
        >
          {t("Delete")}
        </Button>
      </div>
    </>
  );
}
