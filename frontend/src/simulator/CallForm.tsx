import { t } from "../i18n";
import { hasStart } from "../model/starts";
import { compact } from "../panel/fields/Phone";
import { useBuilder } from "../store/builder";
import type { SimulationSlice } from "../store/simulation_slice";
import { call } from "./phone";
import { SpecialNumbers } from "./SpecialNumbers";

const setUp = (change: Partial<SimulationSlice["setup"]>) =>
  useBuilder.setState(({ setup }) => ({ setup: { ...setup, ...change } }));

/** Who calls whom, and which version answers. */
export function CallForm() {
  const setup = useBuilder((state) => state.setup);
  const live = useBuilder((state) => state.live);
  const takesSms = useBuilder((state) => hasStart(state.graph, "inbound_sms"));
  return (
    <form
      className="callform"
      onSubmit={(event) => {
        event.preventDefault();
        void call();
      }}
    >
      {takesSms ? <WhatComesIn /> : null}
      <NumberInput
        id="sim-from"
        label={takesSms && setup.entry === "inbound_sms" ? t("Sender") : t("Caller")}
        value={setup.from}
        name="from"
      />
      <NumberInput id="sim-to" label={t("Called number")} value={setup.to} name="to" />
      <div className="field">
        <div className="lbl" id="sim-use">
          {t("Which version answers")}
        </div>
        <div className="seg" role="radiogroup" aria-labelledby="sim-use">
          {(["draft", "live"] as const).map((use) => (
            <label key={use}>
              <input
                type="radio"
                name="use"
                checked={setup.use === use}
                disabled={use === "live" && !live}
                onChange={() => setUp({ use })}
              />
              <span>
                {use === "draft"
                  ? t("Draft")
                  : live
                    ? t("Live, version {number}", { number: live.number })
                    : t("Live (none yet)")}
              </span>
            </label>
          ))}
        </div>
      </div>
      <SpecialNumbers />
      <button type="submit" className="vh" tabIndex={-1} aria-hidden="true">
        {t("Call")}
      </button>
    </form>
  );
}

/** A call or an SMS, for flows that begin with either. */
function WhatComesIn() {
  const { entry, text } = useBuilder((state) => state.setup);
  return (
    <>
      <div className="field">
        <div className="lbl" id="sim-entry">
          {t("What comes in")}
        </div>
        <div className="seg" role="radiogroup" aria-labelledby="sim-entry">
          {(["inbound_call", "inbound_sms"] as const).map((kind) => (
            <label key={kind}>
              <input
                type="radio"
                name="entry"
                data-testid={`sim-${kind}`}
                checked={entry === kind}
                onChange={() => setUp({ entry: kind })}
              />
              <span>{kind === "inbound_call" ? t("A call") : t("An SMS")}</span>
            </label>
          ))}
        </div>
      </div>
      {entry === "inbound_sms" ? (
        <div className="field">
          <label className="lbl" htmlFor="sim-text">
            {t("Text")}
          </label>
          <textarea
            id="sim-text"
            className="in"
            data-testid="sim-text"
            rows={3}
            maxLength={2000}
            value={text}
            onChange={(event) => setUp({ text: event.target.value })}
          />
        </div>
      ) : null}
    </>
  );
}

interface NumberProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly name: "from" | "to";
}

function NumberInput({ id, label, value, name }: NumberProps) {
  return (
    <div className="field">
      <label className="lbl" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="in mono"
        type="tel"
        data-testid={id}
        autoComplete="off"
        value={value}
        onChange={(event) => setUp({ [name]: event.target.value })}
        onBlur={(event) => setUp({ [name]: compact(event.target.value) })}
      />
    </div>
  );
}
