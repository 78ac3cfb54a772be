import { t } from "../i18n";
import { STARTS, startsOf } from "../model/starts";
import { shortTime } from "../shell/times";
import { useBuilder } from "../store/builder";

/** The flow in a few facts, shown while nothing is selected. */
export function Overview() {
  const name = useBuilder((state) => state.name);
  const numbers = useBuilder((state) => state.numbers);
  const live = useBuilder((state) => state.live);
  const canEdit = useBuilder((state) => state.canEdit);
  const graph = useBuilder((state) => state.graph);
  const starts = startsOf(graph);
  return (
    <>
      <header>
        <div className="grow">
          <h2>{name}</h2>
          <span className="sub">{t("Select an applet to see its settings")}</span>
        </div>
      </header>
      <div className="bd">
        <dl className="facts">
          <dt>{t("Numbers")}</dt>
          <dd className={numbers.length > 0 ? "mono" : undefined}>
            {numbers.length > 0 ? numbers.join(", ") : t("No number leads here yet")}
          </dd>
          <dt>{t("Starts with")}</dt>
          <dd>
            {starts.length === 0 ? t("Not chosen yet") : null}
            {starts.map(({ kind, node }) => (
              <div key={kind}>
                {graph.nodes.find((candidate) => candidate.id === node)?.name || node}
                {kind === "inbound_call" ? null : <small>{t(STARTS[kind].words)}</small>}
              </div>
            ))}
          </dd>
          <dt>{t("Live")}</dt>
          <dd>
            {live
              ? t("Version {number}", { number: live.number })
              : t("Not published: callers do not reach this flow")}
            {live?.published ? (
              <small>{publishedText(live.published, live.published_by)}</small>
            ) : null}
            {live?.note ? <small>“{live.note}”</small> : null}
          </dd>
        </dl>
        {canEdit ? <HowTo /> : null}
      </div>
    </>
  );
}

function HowTo() {
  return (
    <>
      <h3 className="sec">{t("How to")}</h3>
      <ul className="howto">
        <li>{t("Drag an applet from the left, or choose it to add it after the selected one.")}</li>
        <li>
          {t("Drag from an output to the next applet, or let go on empty canvas to add one.")}
        </li>
        <li>
          {t("Test call plays the draft on a simulated phone. Nothing reaches a real carrier.")}
        </li>
        <li>
          {t("Press")} <kbd>?</kbd> {t("for all keys.")}
        </li>
      </ul>
    </>
  );
}

function publishedText(published: string, by: string | null | undefined): string {
  const when = shortTime(Date.parse(published));
  return by ? t("{when} by {by}", { when, by }) : when;
}
