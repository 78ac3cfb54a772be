/** Issues of a flow: those the server listed, kept honest while the user goes on editing. */
import type { Applet, Issue, WireGraph } from "../api/types";
import { t, tn } from "../i18n";
import { checkSettings } from "./checks";
import { portsOf } from "./ports";
import { fieldsOf } from "./schema";
import { startsOf } from "./starts";

export type AppletsBySlug = ReadonlyMap<string, Applet>;

export interface Loose {
  readonly node: string;
  readonly port: string;
}

/** Ports that lead nowhere. */
export function looseEnds(graph: WireGraph, applets: AppletsBySlug): Loose[] {
  const taken = new Set(graph.connections.map((c) => `${c.from}\n${c.port}`));
  return graph.nodes.flatMap((node) =>
    portsOf(applets.get(node.type), node.settings)
      .filter((port) => !taken.has(`${node.id}\n${port.name}`))
      .map((port) => ({ node: node.id, port: port.name })),
  );
}

export const looseEndsText = (n: number) =>
  tn("{n} output goes nowhere", "{n} outputs go nowhere", n);

/** A message without the names that already stand beside it: of the applet, then of the field. */
export function besides(message: string, node: string, field?: string): string {
  const opening = `“${node}”`;
  if (!message.startsWith(`${opening}: `) && !message.startsWith(`${opening}, `)) return message;
  let rest = message.slice(opening.length + 2);
  if (field && rest.startsWith(`${field}: `)) rest = rest.slice(field.length + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Server issues about things that are no longer so are left out until the server has spoken again. */
export function stillTrue(issues: readonly Issue[], checked: WireGraph, now: WireGraph): Issue[] {
  if (checked === now) return [...issues];
  const before = new Map(checked.nodes.map((node) => [node.id, node]));
  const after = new Map(now.nodes.map((node) => [node.id, node]));
  return issues.filter((issue) => {
    if (issue.node === null) return true;
    const node = after.get(issue.node);
    if (!node) return false;
    if (issue.port !== null) return targetOf(checked, issue) === targetOf(now, issue);
    return issue.setting === null || before.get(issue.node)?.settings === node.settings;
  });
}

function targetOf(graph: WireGraph, { node, port }: Issue): string | undefined {
  return graph.connections.find((c) => c.from === node && c.port === port)?.to;
}

/** What the client can tell by itself: used until the server has answered once. */
export function anticipate(graph: WireGraph, applets: AppletsBySlug): Issue[] {
  return [
    ...entryIssues(graph),
    ...graph.nodes.flatMap((node): Issue[] => {
      const applet = applets.get(node.type);
      if (!applet) {
        const message = t("{name}: there is no applet {type}.", {
          name: node.name,
          type: node.type,
        });
        return [issue("error", "flows.unknown_applet", message, node.id)];
      }
      const errors = checkSettings(fieldsOf(applet), node.settings);
      return Object.entries(errors).map(([setting, message]) => ({
        ...issue("error", "flows.invalid_setting", message, node.id),
        setting,
      }));
    }),
  ];
}

function entryIssues(graph: WireGraph): Issue[] {
  if (graph.nodes.length === 0)
    return [issue("error", "flows.empty", t("The flow is empty."), null)];
  const starts = new Set(startsOf(graph).map((start) => start.node));
  if (graph.nodes.some((node) => starts.has(node.id))) return [];
  return [issue("error", "flows.no_entry", t("Choose the applet where the call starts."), null)];
}

function issue(severity: Issue["severity"], code: string, message: string, node: string | null) {
  return { severity, code, message, node, port: null, setting: null, fix: null };
}
