import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import type { EntryKind } from "../api/types";
import { shortNumber, t, tn } from "../i18n";
import type { Port } from "../model/ports";
import { badgeText, STARTS } from "../model/starts";
import { builder, useBuilder } from "../store/builder";
import { Icon } from "../ui/Icon";
import { colourOf } from "../ui/look";
import type { CardNode } from "./derive";
import { pullWireEnd } from "./pull";

/** A node as it stands on the canvas: what it is, what it says, and its ways out. */
export const Card = memo(function Card({ data, selected }: NodeProps<CardNode>) {
  const { node, applet, summary, ports, strip } = data;
  const taken = new Set(data.taken.split("\n"));
  const counting = useBuilder((state) => state.counts !== null);
  const covered = data.covered === null ? null : new Set(data.covered.split("\n"));
  const classes = [
    "nd",
    selected && "sel",
    strip?.tone,
    data.walked && "walked",
    data.waiting && "waiting",
  ];
  return (
    <article className={classes.filter(Boolean).join(" ")} style={colourOf(applet)}>
      <Handle
        type="target"
        position={Position.Left}
        id="in"
        className="jk in_ on"
        aria-hidden="true"
        isConnectableStart={false}
        onMouseDown={(event) => pullWireEnd(event, data.node.id)}
      />
      {counting ? <NodeCount node={node.id} /> : null}
      {data.starts ? <StartBadge kinds={data.starts.split("\n") as EntryKind[]} /> : null}
      <header>
        <span className="tile">
          <Icon name={applet?.icon ?? "circle-alert"} />
        </span>
        <div className="grow">
          <b>{node.name || applet?.label || node.type}</b>
          <small>{applet?.label ?? t("Unknown applet {type}", { type: node.type })}</small>
        </div>
        {data.noted ? <Icon name="file-text" small /> : null}
      </header>
      {summary ? (
        <p>
          <span>{summary}</span>
        </p>
      ) : null}
      {ports.length > 0 ? (
        <ul>
          {ports.map((port) => (
            <PortRow
              key={port.name}
              node={node.id}
              port={port}
              on={taken.has(port.name)}
              covered={covered?.has(port.name)}
              reachable={data.current}
            />
          ))}
        </ul>
      ) : null}
      {strip ? (
        <div className={`flag ${strip.tone}`} title={strip.text}>
          <Icon name={strip.tone === "bad" ? "circle-alert" : "triangle-alert"} small />
          <span>{strip.text}</span>
        </div>
      ) : null}
    </article>
  );
});

/** How many calls came here, and which share of them ended here. */
function NodeCount({ node }: { readonly node: string }) {
  const visits = useBuilder((state) => state.counts?.nodes[node]?.visits ?? 0);
  const ended = useBuilder((state) => state.counts?.nodes[node]?.ended ?? 0);
  const share = visits > 0 ? Math.round((100 * ended) / visits) : 0;
  const words = [
    tn("{n} visit", "{n} visits", visits),
    tn("{n} call ended here", "{n} calls ended here", ended),
  ];
  return (
    <span className="tally" title={words.join(", ")} data-testid={`tally-${node}`}>
      <b>{shortNumber(visits)}</b>
      {ended > 0 ? <span className="drop">{t("{share} % end here", { share })}</span> : null}
    </span>
  );
}

function CoverageMark({ covered }: { readonly covered: boolean }) {
  const told = covered ? t("A test takes it") : t("No test takes it");
  return (
    <span className={covered ? "cov yes" : "cov"} title={told}>
      <Icon name={covered ? "check" : "minus"} small />
      <span className="vh">{told}</span>
    </span>
  );
}

function StartBadge({ kinds }: { readonly kinds: readonly EntryKind[] }) {
  return (
    <span className="start">
      {kinds.map((kind) => (
        <Icon key={kind} name={STARTS[kind].icon} small />
      ))}
      {badgeText(kinds)}
    </span>
  );
}

interface PortRowProps {
  readonly node: string;
  readonly port: Port;
  readonly on: boolean;
  /** Whether a saved test takes it; undefined: that is not shown. */
  readonly covered: boolean | undefined;
  readonly reachable: boolean;
}

function PortRow({ node, port, on, covered, reachable }: PortRowProps) {
  const startLinking = () => builder().startLinking(node, port.name);
  return (
    <li>
      {port.key ? <kbd>{port.key}</kbd> : null}
      {covered === undefined ? null : <CoverageMark covered={covered} />}
      <span className="pl">{port.label}</span>
      <Handle
        type="source"
        position={Position.Right}
        id={port.name}
        className={on ? "jk o on" : "jk o"}
        role="button"
        tabIndex={reachable ? 0 : -1}
        aria-label={
          on
            ? t("Output {label}, connected. Lead it elsewhere", { label: port.label })
            : t("Output {label}, goes nowhere. Connect it", { label: port.label })
        }
        isConnectableEnd={false}
        onClick={(event) => {
          event.stopPropagation();
          startLinking();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          event.stopPropagation();
          startLinking();
        }}
      />
    </li>
  );
}
