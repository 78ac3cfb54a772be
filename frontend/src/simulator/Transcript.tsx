import { useEffect, useRef } from "react";
import { t } from "../i18n";
import { useBuilder } from "../store/builder";

/** What is said and done on the call, newest at the bottom. */
export function Transcript() {
  const lines = useBuilder((state) => state.simulation.lines);
  const end = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line scrolls into view.
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [lines.length]);
  if (lines.length === 0) return null;
  const names = { flow: t("Flow says"), you: t("You"), call: t("Call") };
  return (
    <section aria-label={t("Transcript")}>
      <ol className="talk" aria-live="polite" data-testid="transcript">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end.
          <li key={index} className={line.who} ref={index === lines.length - 1 ? end : undefined}>
            <span className="vh">{names[line.who]}: </span>
            {line.text}
          </li>
        ))}
      </ol>
    </section>
  );
}
