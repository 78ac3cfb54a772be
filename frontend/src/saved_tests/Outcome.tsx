import { t } from "../i18n";
import { Icon } from "../ui/Icon";
import type { Result } from "./document";

interface Props {
  readonly result: Result | null;
  readonly problem: string;
  readonly running: boolean;
  onRun(): void;
  /** Null: the person may not change the test. */
  readonly onExpect: (() => void) | null;
}

/** What came of the last try. */
export function Outcome({ result, problem, running, onRun, onExpect }: Props) {
  return (
    <section className="card">
      <header>
        <h2 className="grow">{t("Try it on the draft")}</h2>
        <button
          type="button"
          className="btn s"
          data-testid="try"
          disabled={running}
          onClick={onRun}
        >
          <Icon name="play" small />
          {t("Run")}
        </button>
      </header>
      <div className="bd stack" aria-live="polite">
        {problem ? <Told tone="bad" icon="circle-alert" text={problem} /> : null}
        {result ? <Found result={result} /> : null}
        {!result && !problem ? (
          <p className="muted small">{t("Nothing is sent, charged or asked of anybody.")}</p>
        ) : null}
        {onExpect ? (
          <button
            type="button"
            className="btn"
            data-testid="expect-this"
            disabled={running}
            onClick={onExpect}
          >
            {t("Expect what happens now")}
          </button>
        ) : null}
      </div>
    </section>
  );
}

function Found({ result }: { readonly result: Result }) {
  return (
    <>
      {result.status === "passed" ? (
        <Told
          tone="ok"
          icon="circle-check"
          text={t("Passed in {ms} ms", { ms: result.ms })}
          testId="outcome"
        />
      ) : (
        result.differences.map((difference) => (
          <Told
            key={difference}
            tone="bad"
            icon="circle-alert"
            text={difference}
            testId="outcome"
          />
        ))
      )}
      <ol className="trail">
        {result.path.map((taken, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one step may stand there twice.
          <li key={index}>
            {taken.port_label ? `${taken.name} → ${taken.port_label}` : taken.name}
          </li>
        ))}
      </ol>
      {result.messages.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one message may be sent twice.
        <article className="sent" key={index}>
          <p className="small muted">{t("To {number}", { number: message.to || t("nobody") })}</p>
          <p className="msg small">{message.text}</p>
          <p className="small">
            <span className={message.verdict === "match" ? "badge ok" : "badge bad"}>
              {message.verdict === "match" ? t("Match") : message.verdict}
            </span>{" "}
            {message.reason}
          </p>
        </article>
      ))}
    </>
  );
}

interface ToldProps {
  readonly tone: "ok" | "bad";
  readonly icon: string;
  readonly text: string;
  readonly testId?: string;
}

function Told({ tone, icon, text, testId }: ToldProps) {
  return (
    <p className={`callout ${tone}`} data-testid={testId}>
      <Icon name={icon} />
      <span>{text}</span>
    </p>
  );
}
