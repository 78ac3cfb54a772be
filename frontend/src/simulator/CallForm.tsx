import { t } from "../i18n";
import { triedStarts } from "../model/starts";
import { compact } from "../panel/fields/Phone";
import { useBuilder } from "../store/builder";
import type { SimulationSlice } from "../store/simulation_slice";
import { entryOf } from "./entry";
import { call } from "./phone";
import { SpecialNumbers } from "./SpecialNumbers";

const setUp = (change: Partial<SimulationSlice["setup"]>) =>
  useBuilder.setState(({ setup }) => ({ setup: { ...setup, ...change } }));

/** Who calls whom, and which version answers. */
export function CallForm() {
  const setup = useBuilder((state) => state.setup);
  const live = useBuilder((state) => state.live);
  const graph = useBuilder((state) => state.graph);
  const offered = triedStarts(graph);
  const entry = entryOf(offered, setup.entry);
  return (
    <form
      className="callform"
      onSubmit={(event) => {
        event.preventDefault();
        void call();
      }}
    >
      {offered.length > 1 ? <WhatComesIn offered={offered} entry={entry} /> : null}
      {entry === "inbound_sms" ? <SmsText /> : null}
      <NumberInput
        id="sim-from"
        label={entry === "inbound_sms" ? t("Sender") : t("Caller")}
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

type Entry = SimulationSlice["setup"]["entry"];

const WORDS: Readonly<Record<Entry, string>> = {
  inbound_call: "A call",
  inbound_sms: "An SMS",
  api: "The API",
};

interface WhatComesInProps {
  readonly offered: readonly Entry[];
  readonly entry: Entry;
}

/** A call, an SMS or a request, for flows that begin with more than one. */
function WhatComesIn({ offered, entry }: WhatComesInProps) {
  return (
    <div className="field">
      <div className="lbl" id="sim-entry">
        {t("What begins it")}
      </div>
      <div className="seg" role="radiogroup" aria-labelledby="sim-entry">
        {offered.map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="entry"
              data-testid={`sim-${kind}`}
              checked={entry === kind}
              onChange={() => setUp({ entry: kind })}
            />
            <span>{t(WORDS[kind])}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

function SmsText() {
  const text = useBuilder((state) => state.setup.text);
  return (
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
