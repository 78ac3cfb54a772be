import type { Near, Recognised, TemplateBase } from "../../api/dlt";
import { t } from "../../i18n";
import { type Sampled, unsampled } from "../../model/compose";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Spot } from "../Spot";

export type Search =
  | { readonly state: "idle" }
  | { readonly state: "searching" }
  | { readonly state: "failed"; readonly reason: string }
  | { readonly state: "done"; readonly found: Recognised; readonly asked: Sampled };

interface Props {
  readonly search: Search;
  readonly disabled: boolean;
  onAdopt(row: TemplateBase, body?: string): void;
}

/** Which approved template a text is; else those it nearly is, with what differs. */
export function Finder({ search, disabled, onAdopt }: Props) {
  if (search.state === "idle") return null;
  if (search.state === "searching") {
    return (
      <div className="match quiet" role="status">
        <Icon name="loader-circle" />
        <span>{t("Looking for its template…")}</span>
      </div>
    );
  }
  if (search.state === "failed") {
    return (
      <div className="match quiet" role="status">
        <Icon name="cloud-off" />
        <span>
          {t("Its template could not be looked for: {reason}", { reason: search.reason })}
        </span>
      </div>
    );
  }
  const { found, asked } = search;
  if (found.matches.length > 0) {
    return (
      <section className="nearest" data-testid="matches" aria-label={t("Templates of this text")}>
        <h3>{t("This is the text of:")}</h3>
        {found.matches.map((row) => (
          <article key={row.template_id}>
            <b>{row.name}</b> <small className="mono">{row.template_id}</small>
            <Button icon="check" disabled={disabled} onClick={() => onAdopt(row)}>
              {t("Use this template")}
            </Button>
          </article>
        ))}
      </section>
    );
  }
  return (
    <section className="nearest" data-testid="nearest" aria-label={t("Nearest templates")}>
      <h3>
        {found.nearest.length > 0
          ? t("No approved template has exactly this text. The nearest:")
          : t("No approved template is like this text.")}
      </h3>
      {found.compared === 0 ? (
        <p className="help">{t("This account has no approved template yet.")}</p>
      ) : null}
      {found.nearest.map((near) => (
        <NearCard
          key={near.template_id}
          near={near}
          asked={asked}
          disabled={disabled}
          onAdopt={onAdopt}
        />
      ))}
    </section>
  );
}

const MOST_PROBLEMS = 3;

interface NearProps {
  readonly near: Near;
  readonly asked: Sampled;
  readonly disabled: boolean;
  onAdopt(row: TemplateBase, body?: string): void;
}

function NearCard({ near, asked, disabled, onAdopt }: NearProps) {
  const corrected = near.suggestion ? unsampled(near.suggestion, asked) : null;
  const more = near.problems.length - MOST_PROBLEMS;
  return (
    <article>
      <b>{near.name}</b> <small className="mono">{near.template_id}</small>
      <ul>
        {near.problems.slice(0, MOST_PROBLEMS).map((problem) => (
          <li key={`${problem.code}${problem.position ?? ""}${problem.message}`}>
            {problem.message}
            <Spot text={asked.text} flaw={problem} />
          </li>
        ))}
        {more > 0 ? <li>{t("and {n} more", { n: more })}</li> : null}
      </ul>
      {corrected ? <blockquote className="tpl">{corrected}</blockquote> : null}
      {corrected ? (
        <Button
          icon="wand-sparkles"
          disabled={disabled}
          testId="use-corrected"
          onClick={() => onAdopt(near, corrected)}
        >
          {t("Use the corrected text")}
        </Button>
      ) : null}
    </article>
  );
}
