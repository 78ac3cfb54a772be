/** Which ways out a node has: the two port rules of the catalogue, applied to its settings. */
import type { Applet, PortRule, Settings, WireConnection } from "../api/types";

import { t } from "../i18n";

export interface Port {
  readonly name: string;
  readonly label: string;
  /** The telephone key this port belongs to, when it belongs to one. */
  readonly key: string | null;
}

export function portsOf(applet: Applet | undefined, settings: Settings): Port[] {
  const found = new Map<string, Port>();
  for (const rule of applet?.ports ?? []) {
    if (!isThere(rule, applet, settings)) continue;
    for (const port of portsOfRule(rule, settings)) {
      if (!found.has(port.name)) found.set(port.name, port);
    }
  }
  return [...found.values()];
}

/** Some ports depend on a setting; one that is not stored has its default. */
function isThere({ when }: PortRule, applet: Applet | undefined, settings: Settings): boolean {
  if (!when) return true;
  return (settings[when.setting] ?? applet?.defaults[when.setting]) === when.equals;
}

function portsOfRule(rule: PortRule, settings: Settings): Port[] {
  if (rule.kind === "fixed") return [{ name: rule.name, label: rule.label, key: null }];
  return itemsOf(rule, settings).flatMap(({ key, label }) =>
    key === "" ? [] : [portOfItem(key, label)],
  );
}

function portOfItem(key: string, label: string): Port {
  if (!isPhoneKey(key)) return { name: key, label: label || key, key: null };
  return { name: key, label: label || t("Key {key}", { key }), key };
}

interface Item {
  readonly key: string;
  readonly label: string;
}

function itemsOf(rule: Extract<PortRule, { kind: "each" }>, settings: Settings): Item[] {
  const list = settings[rule.setting];
  if (!Array.isArray(list)) return [];
  return list.map((item: unknown) => {
    if (typeof item !== "object" || item === null) return { key: text(item), label: text(item) };
    const row = item as Record<string, unknown>;
    return { key: text(row[rule.key]), label: text(row[rule.label]) };
  });
}

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));
const isPhoneKey = (key: string) => /^[0-9*#]{1,8}$/.test(key);

/** Where each port of the old settings is found under the new ones; a vanished port is absent. */
export function carryPorts(
  applet: Applet | undefined,
  before: Settings,
  after: Settings,
): Map<string, string> {
  const oldNames = portsOf(applet, before).map((port) => port.name);
  const newNames = new Set(portsOf(applet, after).map((port) => port.name));
  const carried = new Map<string, string>();
  for (const name of oldNames) if (newNames.has(name)) carried.set(name, name);
  for (const rule of applet?.ports ?? []) {
    if (rule.kind === "fixed") continue;
    const [was, is] = [itemsOf(rule, before), itemsOf(rule, after)];
    if (was.length !== is.length) continue;
    was.forEach((item, index) => {
      const renamed = is[index]?.key ?? "";
      const free = !oldNames.includes(renamed) && newNames.has(renamed);
      if (!carried.has(item.key) && free) carried.set(item.key, renamed);
    });
  }
  return carried;
}

export function connectionFrom(
  connections: readonly WireConnection[],
  node: string,
  port: string,
): WireConnection | undefined {
  return connections.find((connection) => connection.from === node && connection.port === port);
}
