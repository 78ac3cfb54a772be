import type { Step } from "../api/simulations";
import { t } from "../i18n";
import { portsOf } from "../model/ports";
import { builder, useBuilder } from "../store/builder";

/** The way the call took: each step leads to its node. */
export function Steps() {
  const steps = useBuilder((state) => state.simulation.steps);
  if (steps.length === 0) return null;
  return (
    <details className="steps" open>
      <summary>{t("Path of the call")}</summary>
      <ol data-testid="steps">
        {steps.map((step) => (
          <li key={step.index} className={step.skipped ? "skipped" : undefined}>
            <button type="button" className="link" onClick={() => builder().show(step.node)}>
              {step.name || step.applet}
            </button>
            <span className="muted">{wayText(step)}</span>
            {step.note ? <small>{step.note}</small> : null}
          </li>
        ))}
      </ol>
    </details>
  );
}

function wayText(step: Step): string {
  if (step.skipped) return t("skipped");
  if (step.port === null) return "";
  const { graph, applets } = builder();
  const node = graph.nodes.find((candidate) => candidate.id === step.node);
  const ports = node ? portsOf(applets.get(node.type), node.settings) : [];
  return `→ ${ports.find((port) => port.name === step.port)?.label ?? step.port}`;
}
