/** The second line of a node: the applet's summary template, filled with the node's settings. */
import type { Settings } from "../api/types";

const MOST_LISTED = 2;

export function summaryOf(template: string, settings: Settings): string {
  let missing = false;
  const text = template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const shown = show(settings[key]);
    if (shown === "") missing = true;
    return shown;
  });
  return missing ? "" : text.trim();
}

function show(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (!Array.isArray(value)) return typeof value === "object" ? "" : String(value).trim();
  const shown = value.map(showItem).filter((item) => item !== "");
  if (shown.length <= MOST_LISTED) return shown.join(", ");
  return `${shown.slice(0, MOST_LISTED).join(", ")} +${shown.length - MOST_LISTED}`;
}

function showItem(item: unknown): string {
  if (typeof item !== "object" || item === null) return show(item);
  const row = item as Record<string, unknown>;
  return show(row.label ?? row.name ?? row.digit ?? row.key);
}
