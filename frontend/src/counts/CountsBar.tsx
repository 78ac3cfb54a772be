import "../styles/counts.css";
import { useState } from "react";
import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { Button } from "../ui/Button";
import { Pick } from "../ui/Pick";
import { LastCalls } from "./LastCalls";
import { useCounts } from "./useCounts";

const PERIODS: readonly (readonly [string, string])[] = [
  ["24h", "Last 24 hours"],
  ["7d", "Last 7 days"],
  ["30d", "Last 30 days"],
  ["90d", "Last 90 days"],
];

/** Over the canvas while counts are shown: of which calls, and of which time. */
export function CountsBar() {
  const [period, setPeriod] = useState("24h");
  const [tests, setTests] = useState(false);
  const problem = useCounts({ period, tests });
  const way = useBuilder((state) => state.callsOf);
  const ready = useBuilder((state) => state.counts !== null);
  return (
    <section className="counts" aria-label={t("Counts")}>
      <div className="counts-bar">
        <Pick
          aria-label={t("Period")}
          value={period}
          data-testid="counts-period"
          onChange={(event) => setPeriod(event.target.value)}
        >
          {PERIODS.map(([value, label]) => (
            <option key={value} value={value}>
              {t(label)}
            </option>
          ))}
        </Pick>
        <Pick
          aria-label={t("Calls that count")}
          value={tests ? "test" : "real"}
          data-testid="counts-kind"
          onChange={(event) => setTests(event.target.value === "test")}
        >
          <option value="real">{t("Real calls")}</option>
          <option value="test">{t("Test calls")}</option>
        </Pick>
        <span className={problem ? "state bad" : "state"} role="status">
          {problem || (ready ? t("Live") : t("Reading…"))}
        </span>
        <Button
          icon="x"
          look="ghost"
          label={t("Hide the counts")}
          onClick={() => builder().toggleCounts()}
        />
      </div>
      {way ? (
        <LastCalls key={`${way.node}:${way.port}`} way={way} asked={{ period, tests }} />
      ) : null}
    </section>
  );
}
