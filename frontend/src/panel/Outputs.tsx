import type { Applet, WireNode } from "../api/types";
import { t } from "../i18n";
import { connectionFrom, portsOf } from "../model/ports";
import { builder, useBuilder } from "../store/builder";
import { Button } from "../ui/Button";
import { Pick } from "../ui/Pick";
import { Starts } from "./Starts";

interface Props {
  readonly node: WireNode;
  readonly applet: Applet | undefined;
}

/** Every way out as a list: wiring without a mouse. */
export function Outputs({ node, applet }: Props) {
  const graph = useBuilder((state) => state.graph);
  const canEdit = useBuilder((state) => state.canEdit);
  const ports = portsOf(applet, node.settings);
  const targets = [...graph.nodes].sort((a, b) => a.name.localeCompare(b.name));
  const into = graph.connections.filter((connection) => connection.to === node.id);
  const nameOf = (id: string) => graph.nodes.find((n) => n.id === id)?.name ?? id;

  return (
    <>
      {ports.length === 0 ? <p className="help">{t("The flow ends here: no outputs.")}</p> : null}
      {ports.map((port) => {
        const id = `out-${node.id}-${port.name}`;
        const target = connectionFrom(graph.connections, node.id, port.name)?.to ?? "";
        return (
          <div className="field" key={port.name}>
            <label className="lbl" htmlFor={id}>
              <span>
                {port.key ? <kbd>{port.key}</kbd> : null} {port.label}
              </span>
            </label>
            <div className="row">
              <Pick
                id={id}
                className="grow"
                value={target}
                disabled={!canEdit}
                onChange={(event) => lead(node.id, port.name, event.target.value)}
              >
                <option value="">{t("Goes nowhere")}</option>
                {targets.map((candidate) => (
                  <option key={candidate.id} value={candidate.id}>
                    {candidate.id === node.id
                      ? t("{name} (itself)", { name: candidate.name })
                      : candidate.name}
                  </option>
                ))}
              </Pick>
              <Button
                icon="arrow-right"
                label={t("Go to {name}", { name: nameOf(target) })}
                disabled={target === ""}
                onClick={() => builder().jumpTo(target)}
              />
            </div>
          </div>
        );
      })}
      <h3 className="sec">{t("Leads here")}</h3>
      {into.length === 0 ? <p className="help">{t("Nothing leads here yet.")}</p> : null}
      <ul className="into">
        {into.map((connection) => (
          <li key={`${connection.from}:${connection.port}`}>
            <button
              type="button"
              className="link"
              onClick={() => builder().jumpTo(connection.from)}
            >
              {nameOf(connection.from)}
            </button>
            <span className="muted">{portLabel(connection.from, connection.port)}</span>
          </li>
        ))}
      </ul>
      <Starts id={node.id} />
    </>
  );
}

function lead(from: string, port: string, to: string): void {
  if (to === "") builder().disconnect(from, port);
  else builder().connect({ from, port, to });
}

function portLabel(id: string, name: string): string {
  const { graph, applets } = builder();
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const ports = node ? portsOf(applets.get(node.type), node.settings) : [];
  return ports.find((port) => port.name === name)?.label ?? name;
}
