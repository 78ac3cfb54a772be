import type { Message } from "../api/simulations";
import { t, tn } from "../i18n";
import { Spot } from "../panel/Spot";
import { useBuilder } from "../store/builder";
import { Icon } from "../ui/Icon";

/** The caller's telephone, as far as text messages go. */
export function Handset() {
  const messages = useBuilder((state) => state.simulation.messages);
  if (messages.length === 0) return null;
  return (
    <section className="handset" aria-label={t("Text messages")}>
      <h3>
        <Icon name="message-square-text" small />
        {tn("{n} text message", "{n} text messages", messages.length)}
      </h3>
      {messages.map((message) => (
        <Bubble key={message.sid} message={message} />
      ))}
    </section>
  );
}

const TONES: Readonly<Record<string, string>> = {
  delivered: "ok",
  error: "bad",
  failed: "bad",
  expired: "bad",
};

/** The words of the report. */
function stateText(status: string): string {
  const words: Readonly<Record<string, string>> = {
    created: t("Created"),
    pending: t("Pending"),
    sent: t("Sent"),
    delivered: t("Delivered"),
    failed: t("Failed"),
    expired: t("Expired"),
    error: t("Refused"),
  };
  return words[status] ?? status;
}

function Bubble({ message }: { readonly message: Message }) {
  const url = useBuilder((state) => state.messagesUrl);
  const tone = TONES[message.status] ?? "info";
  return (
    <article
      className={`sms ${tone}`}
      data-testid="handset-message"
      data-status={message.status}
      data-sid={message.sid}
    >
      <header>
        <b className="mono">{message.from || t("No sender")}</b>
        <span className="muted">{t("to {number}", { number: message.to })}</span>
      </header>
      <p className="body">{message.body}</p>
      {message.error ? <Reason message={message} /> : null}
      <footer>
        <span className={`badge ${tone}`} aria-live="polite">
          {stateText(message.status)}
        </span>
        <span className="muted">{detailText(message)}</span>
        <a className="link" href={`${url}${encodeURIComponent(message.sid)}/`}>
          {t("Report")}
        </a>
      </footer>
    </article>
  );
}

function Reason({ message }: { readonly message: Message }) {
  const problems = message.dlt?.problems ?? [];
  return (
    <div className="why">
      <b>{message.error?.message}</b>
      {problems.map((problem) => (
        <span key={problem.message}>
          {message.error?.message.includes(problem.message) ? null : problem.message}
          <Spot text={message.body ?? ""} flaw={problem} />
        </span>
      ))}
      <small className="mono">{message.error?.code}</small>
    </div>
  );
}

function detailText(message: Message): string {
  const encoding = message.encoding === "unicode" ? "Unicode" : message.encoding ? "GSM-7" : "";
  if (message.status === "error") return t("Not sent, not charged");
  const parts = message.parts ? tn("{n} segment", "{n} segments", message.parts) : "";
  return [parts, encoding, t("free")].filter(Boolean).join(", ");
}
