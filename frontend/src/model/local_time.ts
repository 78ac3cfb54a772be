/** Days, clocks and moments of a time zone, by what the browser knows of it. */

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  clocks.set(zone, made);
  return made;
}

/** What the clock on the wall shows, as if it were UTC. Throws RangeError for an unknown zone. */
function wall(at: number, zone: string): number {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offset = (at: number, zone: string) =>
  wall(Math.floor(at / 1000) * 1000, zone) - Math.floor(at / 1000) * 1000;

/**
 * The moment at which the clock shows a time on a day, counted from 1970-01-01.
 *
 * Of two such moments the first; if there is none, as if the clock had not been changed (RFC 5545).
 */
export function instantOf(day: number, clock: string, zone: string): number {
  const shown = day * DAY + minutesOf(clock) * MINUTE;
  const before = shown - offset(shown - DAY, zone);
  const after = shown - offset(shown + DAY, zone);
  if (before === after || wall(before, zone) === shown) return before;
  return wall(after, zone) === shown ? after : before;
}

export const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

export function clockAt(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const within = ((minutes % 1440) + 1440) % 1440;
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

export const localDay = (at: number, zone: string) => Math.floor(wall(at, zone) / DAY);

export const localClock = (at: number, zone: string) =>
  clockAt(Math.floor((wall(at, zone) % DAY) / MINUTE));

/** `2026-11-08` to the days since 1970-01-01, and back. */
export const dayOf = (date: string) => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
export const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

/** 0 is Monday. */
export const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7;

export function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

// Browsers that keep the names of 1993 list these by them.
const RENAMED: Readonly<Record<string, string>> = {
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Europe/Kiev": "Europe/Kyiv",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
};

export function allZones(): string[] {
  const known = Intl.supportedValuesOf("timeZone").map((zone) => RENAMED[zone] ?? zone);
  return [...new Set([...known, "UTC"])].sort();
}
