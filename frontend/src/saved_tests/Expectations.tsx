import { t } from "../i18n";
import { type Expected, type ExpectedMessage, replaced } from "./document";
import { PathPart } from "./PathPart";
import { Add, Part, type PartProps, Remove, Small } from "./parts";

/** What should come of the call. */
export function Expectations({ document, drawing, onChange }: PartProps) {
  const expect = document.expect ?? {};
  const set = (change: Expected) => onChange({ expect: { ...expect, ...change } });
  const messages = expect.messages ?? null;
  return (
    <>
      <PathPart
        path={expect.path ?? null}
        drawing={drawing}
        entry={document.entry ?? "inbound_call"}
        onChange={(path) => set({ path })}
      />
      <Part title={t("Expected messages and ending")}>
        <Small label={t("The call ends as; empty: it does not matter")}>
          <input
            className="in"
            list="test-endings"
            value={expect.ended ?? ""}
            onChange={(event) => set({ ended: event.target.value || null })}
          />
        </Small>
        <datalist id="test-endings">
          {["flow_ended", "caller_left", "dead_end", "limit", "cannot_run"].map((code) => (
            <option key={code} value={code} />
          ))}
        </datalist>
        <label className="check">
          <input
            type="checkbox"
            checked={messages !== null}
            onChange={(event) => set({ messages: event.target.checked ? [] : null })}
          />
          <span>{t("These messages are sent, and no others")}</span>
        </label>
        {messages ? <Messages messages={messages} onChange={set} /> : null}
      </Part>
    </>
  );
}

interface MessagesProps {
  readonly messages: readonly ExpectedMessage[];
  onChange(change: Expected): void;
}

function Messages({ messages, onChange }: MessagesProps) {
  const set = (index: number, change: ExpectedMessage) =>
    onChange({ messages: replaced(messages, index, { ...messages[index], ...change }) });
  return (
    <>
      <ol className="rows">
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no names, and are edited in place.
          <li key={index}>
            <div className="what">
              <span className="grow">{t("Message {n}", { n: index + 1 })}</span>
              <Remove onClick={() => onChange({ messages: replaced(messages, index) })} />
            </div>
            <Small label={t("To; empty: to anybody")} className="wide">
              <input
                className="in mono"
                type="tel"
                value={message.to ?? ""}
                onChange={(event) => set(index, { to: event.target.value.trim() || null })}
              />
            </Small>
            <Small label={t("Verdict: match, or a code")} className="wide">
              <input
                className="in mono"
                list="test-verdicts"
                value={message.verdict ?? ""}
                onChange={(event) => set(index, { verdict: event.target.value.trim() || null })}
              />
            </Small>
            <Small label={t("Text; empty: any")} className="whole">
              <textarea
                className="in"
                rows={2}
                value={message.text ?? ""}
                onChange={(event) => set(index, { text: event.target.value || null })}
              />
            </Small>
          </li>
        ))}
      </ol>
      <datalist id="test-verdicts">
        <option value="match" />
        <option value="dlt.template_mismatch" />
      </datalist>
      <div className="add">
        <Add
          label={t("Message")}
          onClick={() => onChange({ messages: [...messages, { verdict: "match" }] })}
        />
      </div>
    </>
  );
}
