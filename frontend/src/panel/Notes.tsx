import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";

/** For colleagues: callers never hear or see it. */
export function Notes({ id }: { readonly id: string }) {
  const note = useBuilder(
    (state) => state.graph.notes.find((candidate) => candidate.node === id)?.text ?? "",
  );
  const canEdit = useBuilder((state) => state.canEdit);
  return (
    <div className="field">
      <label className="lbl" htmlFor="note">
        {t("Note for colleagues")}
      </label>
      <textarea
        id="note"
        className="in"
        rows={8}
        value={note}
        disabled={!canEdit}
        placeholder={t("Why it is like this, who to ask, when to change it")}
        onChange={(event) => builder().setNote(id, event.target.value)}
      />
      <p className="help">{t("Kept with the flow. Callers never hear or see it.")}</p>
    </div>
  );
}
