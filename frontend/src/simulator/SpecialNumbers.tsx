import { t } from "../i18n";
import { useBuilder } from "../store/builder";

/** The simulated carrier decides by the last four digits of the number a message goes to. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ["3210", "Message is delivered"],
  ["0021", "Carrier refuses the message"],
  ["0022", "Carrier is away twice, then accepts"],
  ["0023", "Outcome stays unknown for a while"],
  ["0024", "Telephone is switched off"],
  ["0025", "Message expires"],
  ["0026", "Blocked by the do-not-disturb register"],
];
const STEM = "+91987654";

/** Callers with whom a message meets a certain fate: to try out what goes wrong. */
export function SpecialNumbers() {
  const from = useBuilder((state) => state.setup.from);
  return (
    <details className="special">
      <summary>{t("Callers to try trouble with")}</summary>
      <ul>
        {ENDINGS.map(([ending, fate]) => (
          <li key={ending}>
            <button
              type="button"
              aria-pressed={from === STEM + ending}
              onClick={() =>
                useBuilder.setState(({ setup }) => ({ setup: { ...setup, from: STEM + ending } }))
              }
            >
              <span className="mono">…{ending}</span>
              <span className="grow">{t(fate)}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
