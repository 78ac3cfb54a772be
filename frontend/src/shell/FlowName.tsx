import { useState } from "react";
import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";

/** The flow's name, renamed in place: Enter or leaving the field keeps it, Esc does not. */
export function FlowName() {
  const name = useBuilder((state) => state.name);
  const canEdit = useBuilder((state) => state.canEdit);
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const next = (typed ?? "").trim();
    setTyped(null);
    if (next !== "" && next !== name) void builder().rename(next);
  };
  return (
    <h1>
      <input
        className="title"
        data-testid="flow-name"
        aria-label={t("Name of the flow")}
        value={typed ?? name}
        size={Math.max(8, (typed ?? name).length)}
        maxLength={120}
        disabled={!canEdit}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape") {
            setTyped(null);
            event.stopPropagation();
          }
        }}
      />
    </h1>
  );
}
