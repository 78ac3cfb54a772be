import { useEffect, useState } from "react";
import { t } from "../i18n";
import { useBuilder } from "../store/builder";
import type { Save } from "../store/save_slice";
import { agoText } from "./times";

const TICK_MS = 5000;

/** Where the draft is, said honestly. */
export function SaveText({ className }: { readonly className?: string }) {
  const save = useBuilder((state) => state.save);
  const canEdit = useBuilder((state) => state.canEdit);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    if (save.phase !== "saved") return;
    const timer = window.setInterval(() => setNow(Date.now()), TICK_MS);
    return () => window.clearInterval(timer);
  }, [save]);
  const bad = !["saved", "waiting", "saving"].includes(save.phase);
  return (
    <span
      className={`${className ?? ""}${bad ? " bad" : ""}`}
      data-testid="save-state"
      data-state={save.phase}
    >
      {canEdit ? saveText(save, now) : t("You may look, not change")}
    </span>
  );
}

function saveText({ phase, at, reason }: Save, now: number): string {
  switch (phase) {
    case "saved":
      return at === null ? t("Draft saved") : t("Draft saved {ago}", { ago: agoText(at, now) });
    case "waiting":
    case "saving":
      return t("Saving…");
    case "retrying":
      return t("Not saved: offline, retrying");
    case "conflict":
      return t("Not saved: changed elsewhere");
    case "signed_out":
      return t("Not saved: you are signed out");
    case "refused":
      return t("Not saved: {reason}", { reason: reason ?? "" });
  }
}
