import { useState } from "react";
import { t } from "../i18n";
import { fromWire } from "../model/wire";
import { builder } from "../store/builder";
import { type CrashCopy, findCopy, forgetCopy } from "../store/crash_copy";
import { Dialog } from "../ui/Dialog";
import { shortTime } from "./times";

/** Offers back what was drawn in this browser and never reached the server. */
export function RestoreDialog() {
  const [copy, setCopy] = useState<CrashCopy | null>(() =>
    builder().canEdit ? findCopy(builder().flowId, builder().graph) : null,
  );
  if (!copy) return null;
  const discard = () => {
    forgetCopy(builder().flowId);
    setCopy(null);
  };
  const restore = () => {
    setCopy(null);
    // Saved from where it began, it is merged with what others saved since.
    const { save, setSave, edit } = builder();
    const base = copy.base?.nodes && copy.baseHash !== save.hash ? fromWire(copy.base) : null;
    if (base) setSave({ graph: base, hash: copy.baseHash });
    edit(() => fromWire(copy.graph));
  };
  return (
    <Dialog
      title={t("Unsaved changes were found")}
      onClose={discard}
      mustAnswer
      footer={
        <>
          <button type="button" className="btn" onClick={discard}>
            {t("Discard them")}
          </button>
          <button type="button" className="btn primary" data-testid="restore" onClick={restore}>
            {t("Restore them")}
          </button>
        </>
      }
    >
      <p className="lead">
        {t(
          "This browser kept changes of {when} that were not saved. Restored, they can be undone.",
          { when: shortTime(copy.at) },
        )}
      </p>
    </Dialog>
  );
}
