import { useState } from "react";
import { t } from "../i18n";
import { useBuilder } from "../store/builder";
import { hangUp, leaveMessage } from "./phone";

const USUAL_SECONDS = 8;

/** What the caller does while the flow records: speak so long, say nothing, or speak and hang up. */
export function Recording({ disabled }: { readonly disabled: boolean }) {
  const most = useBuilder((state) => state.simulation.record?.max_seconds ?? USUAL_SECONDS);
  const [seconds, setSeconds] = useState(Math.min(USUAL_SECONDS, most));
  return (
    <fieldset className="recording" aria-label={t("What the caller says")}>
      <div className="row">
        <label htmlFor="sim-seconds" className="grow">
          {t("Speak for (seconds)")}
        </label>
        <input
          id="sim-seconds"
          className="in"
          type="number"
          min={1}
          max={most}
          value={seconds}
          onChange={({ target }) =>
            setSeconds(Math.min(most, Math.max(1, Math.round(target.valueAsNumber) || 1)))
          }
        />
      </div>
      <button
        type="button"
        className="btn ok"
        data-testid="leave-message"
        disabled={disabled}
        onClick={() => void leaveMessage(seconds)}
      >
        {t("Leave a message")}
      </button>
      <button
        type="button"
        className="btn"
        data-testid="say-no-message"
        disabled={disabled}
        onClick={() => void leaveMessage(0)}
      >
        {t("Say nothing")}
      </button>
      <button
        type="button"
        className="btn"
        data-testid="speak-and-hang-up"
        disabled={disabled}
        onClick={() => void hangUp(seconds)}
      >
        {t("Speak and hang up")}
      </button>
    </fieldset>
  );
}
