import { useState } from "react";
import type { Conflict } from "../api/types";
import { t } from "../i18n";
import { resolve, takeTheirs } from "../store/autosave";
import { builder, useBuilder } from "../store/builder";
import { reasonOf } from "../store/flow_slice";
import { Dialog } from "../ui/Dialog";
import { shortTime } from "./times";

type Choices = Readonly<Record<string, "mine" | "theirs">>;

/** Two windows changed the same applets: both sides of each, to choose from. */
export function ConflictDialog() {
  const save = useBuilder((state) => state.save);
  const [choices, setChoices] = useState<Choices>({});
  const [busy, setBusy] = useState(false);
  const by = save.theirs?.by || t("Someone else");
  const at = save.theirs?.at ? shortTime(Date.parse(save.theirs.at)) : "";
  const conflicts = save.theirs?.conflicts ?? [];
  const isChosen = conflicts.every((conflict) => choices[conflict.key]);
  const act = (action: () => Promise<unknown>) => async () => {
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
      title={t("Both of you changed the same")}
      className="wide"
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
            {t("Drop mine, load theirs")}
          </button>
          <button
            type="button"
            className="btn primary"
            data-testid="settle"
            disabled={busy || !isChosen}
            onClick={act(() => resolve(choices))}
          >
            {t("Save")}
          </button>
        </>
      }
    >
      <p className="lead">
        {at
          ? t("{by} saved this draft at {at}. Choose what stays; all other changes are merged.", {
              by,
              at,
            })
          : t("{by} saved this draft. Choose what stays; all other changes are merged.", { by })}
      </p>
      {conflicts.map((conflict) => (
        <Sides
          key={conflict.key}
          conflict={conflict}
          by={by}
          chosen={choices[conflict.key]}
          onChoose={(side) => setChoices({ ...choices, [conflict.key]: side })}
        />
      ))}
    </Dialog>
  );
}

interface SidesProps {
  readonly conflict: Conflict;
  readonly by: string;
  readonly chosen: "mine" | "theirs" | undefined;
  onChoose(side: "mine" | "theirs"): void;
}

function Sides({ conflict, by, chosen, onChoose }: SidesProps) {
  const side = (which: "mine" | "theirs", label: string) => (
    <label className={chosen === which ? "side on" : "side"}>
      <span className="side-hd">
        <input
          type="radio"
          name={conflict.key}
          checked={chosen === which}
          onChange={() => onChoose(which)}
        />
        {label}
      </span>
      <dl>
        {conflict.rows.map((row) => (
          <div key={row.title}>
            <dt>{row.title}</dt>
            <dd>{row[which] || "–"}</dd>
          </div>
        ))}
      </dl>
    </label>
  );
  return (
    <fieldset className="sides" data-testid="conflict">
      <legend>{conflict.name}</legend>
      {side("mine", t("Mine"))}
      {side("theirs", t("Theirs ({by})", { by }))}
    </fieldset>
  );
}
