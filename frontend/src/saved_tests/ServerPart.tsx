import { useState } from "react";
import { t } from "../i18n";
import { replaced, type Server } from "./document";
import { Add, NodeBox, NumberBox, Part, type PartProps, Remove, Small } from "./parts";

/** What customers' servers answer. */
export function ServerPart({ document, drawing, onChange }: PartProps) {
  const servers = document.servers ?? [];
  const set = (next: readonly Server[]) => onChange({ servers: next });
  const first = drawing.nodes.find((node) => node.type === "passthru") ?? drawing.nodes[0];
  if (!first) return null;
  return (
    <Part title={t("What your servers answer")}>
      {servers.length === 0 ? (
        <p className="muted small">{t("No server is really asked: say what each answers.")}</p>
      ) : null}
      <ol className="rows">
        {servers.map((server, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: answers have no names, and are edited in place.
          <li key={index}>
            <div className="what">
              <span className="grow">{server.url ? t("At an address") : t("To an applet")}</span>
              <Remove onClick={() => set(replaced(servers, index))} />
            </div>
            <Answer
              server={server}
              nodes={drawing.nodes}
              onChange={(change) => set(replaced(servers, index, { ...server, ...change }))}
            />
          </li>
        ))}
      </ol>
      <div className="add">
        <Add
          label={t("Answer to an applet")}
          onClick={() => set([...servers, { node: first.id, status: 200 }])}
        />
        <Add
          label={t("Answer at an address")}
          onClick={() => set([...servers, { url: "https://*", status: 200 }])}
        />
      </div>
    </Part>
  );
}

interface AnswerProps {
  readonly server: Server;
  readonly nodes: PartProps["drawing"]["nodes"];
  onChange(change: Partial<Server>): void;
}

function Answer({ server, nodes, onChange }: AnswerProps) {
  const fails = Boolean(server.failure);
  return (
    <>
      {server.node ? (
        <NodeBox
          label={t("Applet")}
          nodes={nodes}
          value={server.node}
          onChange={(node) => onChange({ node })}
        />
      ) : (
        <Small label={t("Address; * stands for anything")} className="wide">
          <input
            className="in mono"
            value={server.url ?? ""}
            onChange={(event) => onChange({ url: event.target.value || "*" })}
          />
        </Small>
      )}
      <Small label={t("It")}>
        <select
          className="in"
          value={fails ? "fails" : "answers"}
          onChange={(event) =>
            onChange({ failure: event.target.value === "fails" ? "http.timeout" : "" })
          }
        >
          <option value="answers">{t("answers")}</option>
          <option value="fails">{t("does not answer")}</option>
        </select>
      </Small>
      {fails ? null : (
        <NumberBox
          label={t("Status")}
          value={server.status}
          usual={200}
          onChange={(status) => onChange({ status })}
        />
      )}
      <NumberBox
        label={t("Delay (ms)")}
        value={server.delay_ms}
        onChange={(delay_ms) => onChange({ delay_ms })}
      />
      {fails ? null : <Body server={server} onChange={onChange} />}
    </>
  );
}

function Body({ server, onChange }: Omit<AnswerProps, "nodes">) {
  const [text, setText] = useState(() => bodyOf(server));
  return (
    <Small label={t("Body: JSON, else plain text")} className="wide">
      <textarea
        className="in mono"
        rows={2}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          onChange(asBody(event.target.value));
        }}
      />
    </Small>
  );
}

function bodyOf({ json, text }: Server): string {
  return json === undefined || json === null ? (text ?? "") : JSON.stringify(json);
}

function asBody(text: string): Pick<Server, "json" | "text"> {
  try {
    return text.trim() ? { json: JSON.parse(text), text: "" } : { json: null, text: "" };
  } catch {
    return { json: null, text };
  }
}
