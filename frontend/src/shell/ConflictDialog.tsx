import { useState } from "react";
import { t } from "../i18n";
import { keepMine, takeTheirs } from "../store/autosave";
import { builder, useBuilder } from "../store/builder";
import { reasonOf } from "../store/flow_slice";
import { Dialog } from "../ui/Dialog";
import { shortTime } from "./times";

/** Two people, or two windows, changed the same draft: somebody has to choose. */
export function ConflictDialog() {
  const save = useBuilder((state) => state.save);
  const [busy, setBusy] = useState(false);
  if (save.phase !== "conflict") return null;
  const by = save.theirs?.by || t("someone else");
  const at = save.theirs?.at ? shortTime(Date.parse(save.theirs.at)) : "";
  const act = (action: () => Promise<void>) => async () => {
    setBusy(true);
    try {
      await action();
    } catch (error) {
      builder().notify(reasonOf(error), "bad");
    }
    setBusy(false);
  };
  return (
    <Dialog
      title={t("This flow was changed elsewhere")}
      onClose={() => {}}
      mustAnswer
      footer={
        <>
          <button
            type="button"
            className="btn"
            data-testid="take-theirs"
            disabled={busy}
            onClick={act(takeTheirs)}
          >
            {t("Load their draft")}
          </button>
          <button
            type="button"
            className="btn primary"
            data-testid="keep-mine"
            disabled={busy}
            onClick={act(keepMine)}
          >
            {t("Keep mine")}
          </button>
        </>
      }
    >
      <p className="lead">
        {at
          ? t("{by} saved this draft at {at}, after you opened it.", { by, at })
          : t("{by} saved this draft after you opened it.", { by })}
      </p>
      <p className="lead">
        {t("Load theirs, and yours stays one Undo away. Or keep yours, and it replaces theirs.")}
      </p>
    </Dialog>
  );
}
