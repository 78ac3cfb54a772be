import { t } from "../i18n";
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
  return (
    <form
      className="callform"
      onSubmit={(event) => {
        event.preventDefault();
        void call();
      }}
    >
      <NumberInput id="sim-from" label={t("Caller")} value={setup.from} name="from" />
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
