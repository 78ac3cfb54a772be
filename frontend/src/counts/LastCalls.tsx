import { useEffect, useState } from "react";
import { type Asked, type CallOnWay, readCallsOn } from "../api/counts";
import { t } from "../i18n";
import { portsOf } from "../model/ports";
import { builder } from "../store/builder";
import type { Way } from "../store/counts_slice";
import { Button } from "../ui/Button";

interface Props {
  readonly way: Way;
  readonly asked: Asked;
}

type Found =
  | { readonly calls: readonly CallOnWay[] }
  | { readonly problem: string }
  | { readonly calls: null };

/** The last calls that went over one connection. */
export function LastCalls({ way, asked: { period, tests } }: Props) {
  const [found, setFound] = useState<Found>({ calls: null });
  useEffect(() => {
    let stopped = false;
    readCallsOn(builder().flowId, { period, tests }, way).then(
      (answer) => !stopped && setFound(answer),
      (error: Error) => !stopped && setFound({ problem: error.message }),
    );
    return () => {
      stopped = true;
    };
  }, [way, period, tests]);
  return (
    <div className="last-calls" data-testid="last-calls">
      <header>
        <h2>{nameOf(way)}</h2>
        <Button
          icon="x"
          look="ghost"
          label={t("Close the list")}
          onClick={() => builder().listCalls(null)}
        />
      </header>
      <List found={found} />
    </div>
  );
}

function List({ found }: { readonly found: Found }) {
  if ("problem" in found) return <p className="note bad">{found.problem}</p>;
  if (found.calls === null) return <p className="help">{t("Reading…")}</p>;
  if (found.calls.length === 0)
    return <p className="help">{t("No call went this way in this time.")}</p>;
  return (
    <ul>
      {found.calls.map((call) => (
        <li key={call.sid}>
          <a href={call.page}>
            <b>{call.from ?? t("Hidden number")}</b>
            <time dateTime={call.at}>{when(call.at)}</time>
            <small>{outcomeOf(call)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

function nameOf({ node, port }: Way): string {
  const { graph, applets } = builder();
  const from = graph.nodes.find((candidate) => candidate.id === node);
  const ports = from ? portsOf(applets.get(from.type), from.settings) : [];
  const label = ports.find((candidate) => candidate.name === port)?.label ?? port;
  return `${from?.name || node} → ${label}`;
}

function outcomeOf({ outcome }: CallOnWay): string {
  if (!outcome) return t("In progress");
  const words = outcome.replace(/[_-]/g, " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const TIME: Intl.DateTimeFormatOptions = {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
};

function when(at: string): string {
  return new Date(at).toLocaleString("en-GB", TIME);
}
