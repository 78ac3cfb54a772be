import { useEffect, useState } from "react";
import { readChanges } from "../api/flows";
import type { LiveVersion } from "../api/types";
import { t, tn } from "../i18n";
import { builder } from "../store/builder";

const MOST_SHOWN = 12;

/** What calls would notice of publishing the draft. Asked once the draft is saved. */
export function ChangesSince({ live }: { readonly live: LiveVersion }) {
  const [lines, setLines] = useState<readonly string[] | null>(null);
  useEffect(() => {
    readChanges(builder().flowId).then(
      (changes) => setLines(changes.sentences),
      () => setLines(null), // The dialog is as useful without.
    );
  }, []);
  if (!lines || lines.length === 0) return null;
  const more = lines.length - MOST_SHOWN;
  const from = `/flows/${encodeURIComponent(builder().flowId)}/compare/`;
  return (
    <section className="listed" data-testid="changes">
      <h3 className="sec">{t("Changed since version {n}", { n: live.number })}</h3>
      <ul className="lines">
        {lines.slice(0, MOST_SHOWN).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {more > 0 ? <li>{tn("and {n} more", "and {n} more", more)}</li> : null}
      </ul>
      <a href={from} target="_blank" rel="noreferrer">
        {t("Show in the drawing")}
      </a>
    </section>
  );
}
