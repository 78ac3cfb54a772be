/** Times as the viewer reads them. */
import { t } from "../i18n";

const DAY_MS = 86_400_000;

/** The time of day, with the date once it is not of today. */
export function clockTime(at: number): string {
  if (Date.now() - at > DAY_MS / 2) return shortTime(at);
  return new Date(at).toLocaleTimeString(undefined, { hour12: false });
}

export function shortTime(at: number): string {
  return new Date(at).toLocaleString(undefined, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
}

/** How long ago, in the largest unit that says something. */
export function agoText(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 5) return t("just now");
  if (seconds < 60) return t("{n} s ago", { n: seconds });
  if (seconds < 3600) return t("{n} min ago", { n: Math.floor(seconds / 60) });
  if (seconds < DAY_MS / 1000) return t("{n} h ago", { n: Math.floor(seconds / 3600) });
  return shortTime(at);
}
