/** What can be done to a schedule in the panel, and how it is told in words. */
import { t } from "../i18n";
import { clockAt, dateOf, isZone, localClock, localDay, minutesOf, weekdayOf } from "./local_time";
import {
  DAYS,
  type Day,
  type Holiday,
  type Interval,
  isOvernight,
  type Verdict,
  type Week,
} from "./opening_hours";

export const MOST_INTERVALS = 4;
export const WHOLE_DAY: Interval = { opens: "00:00", closes: "00:00" };
const OFFICE: Interval = { opens: "09:00", closes: "18:00" };
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const WEEKDAYS: readonly Day[] = ["mon", "tue", "wed", "thu", "fri"];

/** Read stored hours; what is no interval is left out. */
export function readIntervals(value: unknown): Interval[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((row: { opens?: unknown; closes?: unknown } | null) => {
    const [opens, closes] = [String(row?.opens ?? ""), String(row?.closes ?? "")];
    return CLOCK.test(opens) && CLOCK.test(closes) ? [{ opens, closes }] : [];
  });
}

export function readWeek(value: unknown): Week {
  const stored = (typeof value === "object" && value !== null ? value : {}) as Partial<Week>;
  const of = (day: Day) => readIntervals(stored[day]);
  return {
    mon: of("mon"),
    tue: of("tue"),
    wed: of("wed"),
    thu: of("thu"),
    fri: of("fri"),
    sat: of("sat"),
    sun: of("sun"),
  };
}

export function readHolidays(value: unknown): Holiday[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((row): row is Partial<Holiday> => typeof row === "object" && row !== null)
    .map((row) => ({
      date: String(row.date ?? ""),
      name: String(row.name ?? ""),
      yearly: row.yearly === true,
      hours: readIntervals(row.hours),
    }));
}

export type Kind = "closed" | "hours" | "whole";

export function kindOf(intervals: readonly Interval[]): Kind {
  if (intervals.length === 0) return "closed";
  const [only] = intervals;
  const whole = intervals.length === 1 && only?.opens === "00:00" && only.closes === "00:00";
  return whole ? "whole" : "hours";
}

/** The hours of a day that is changed to another kind; `like` are those of a day to follow. */
export function ofKind(kind: Kind, like: readonly Interval[] = []): readonly Interval[] {
  if (kind === "closed") return [];
  if (kind === "whole") return [WHOLE_DAY];
  return kindOf(like) === "hours" ? like : [OFFICE];
}

/** Monday's hours on every working day. */
export function copyMonday(week: Week): Week {
  return { ...week, ...Object.fromEntries(WEEKDAYS.map((day) => [day, week.mon])) };
}

export const officeWeek = (week: Week): Week => copyMonday({ ...week, mon: [OFFICE] });

/** One more time of the day: an hour after the last, four hours long, before midnight if it can be. */
export function withAnother(intervals: readonly Interval[]): Interval[] {
  const last = intervals.at(-1);
  const from = last ? minutesOf(last.closes) + 60 : minutesOf(OFFICE.opens);
  const to = from < 1440 ? Math.min(from + 240, 1440) : from + 240;
  return [...intervals, { opens: clockAt(from), closes: clockAt(to) }];
}

/** The places of intervals that lie in an earlier one of the same day. */
export function overlapping(intervals: readonly Interval[]): ReadonlySet<number> {
  const ends = (row: Interval) => (isOvernight(row) ? 1440 : minutesOf(row.closes));
  const overlap = (one: Interval, other: Interval) =>
    minutesOf(one.opens) < ends(other) && minutesOf(other.opens) < ends(one);
  return new Set(
    intervals.flatMap((row, index) =>
      intervals.slice(0, index).some((other) => overlap(row, other)) ? [index] : [],
    ),
  );
}

export const dayNames = (): Readonly<Record<Day, string>> => ({
  mon: t("Monday"),
  tue: t("Tuesday"),
  wed: t("Wednesday"),
  thu: t("Thursday"),
  fri: t("Friday"),
  sat: t("Saturday"),
  sun: t("Sunday"),
});

/** `Open until 18:00`, with the day when it is not today. */
export function told(verdict: Verdict, now: number, zone: string): string {
  const when = verdict.until === null ? null : whenOf(verdict.until, now, zone);
  if (when === null) return verdict.open ? t("Now: always open") : t("Now: always closed");
  const words = { when, holiday: verdict.holiday };
  if (verdict.holiday === "") {
    return verdict.open ? t("Now: open until {when}", words) : t("Now: closed until {when}", words);
  }
  return verdict.open
    ? t("Now: {holiday}, open until {when}", words)
    : t("Now: {holiday}, closed until {when}", words);
}

function whenOf(until: number, now: number, zone: string): string {
  const clock = localClock(until, zone);
  const days = localDay(until, zone) - localDay(now, zone);
  if (days === 0) return clock;
  if (days === 1 && clock === "00:00") return t("midnight");
  if (days === 1) return t("tomorrow {clock}", { clock });
  if (days > 6) return `${dateOf(localDay(until, zone))} ${clock}`;
  const day = dayNames()[DAYS[weekdayOf(localDay(until, zone))] ?? "mon"];
  return `${day} ${clock}`;
}

/** The zone to judge by: the schedule's own if there is such a one, else the account's. */
export const zoneOr = (own: unknown, account: string) =>
  typeof own === "string" && own !== "" && isZone(own) ? own : account;

/** Ready-made holidays that are not over yet and not in the list. */
export function stillToAdd(
  rows: readonly Readonly<Record<string, unknown>>[],
  holidays: readonly Holiday[],
  today: string,
): Holiday[] {
  const readied = rows.map(({ label, date, yearly }) => ({
    date: String(date),
    name: String(label),
    yearly: yearly === true,
    hours: [],
  }));
  const same = (one: Holiday, other: Holiday) =>
    one.yearly === other.yearly &&
    (one.yearly ? one.date.slice(5) === other.date.slice(5) : one.date === other.date);
  return readied.filter(
    (row) => (row.yearly || row.date >= today) && !holidays.some((known) => same(row, known)),
  );
}

/** By date within the year for those of every year, which come first; then by date. */
export function inOrder(holidays: readonly Holiday[]): Holiday[] {
  const key = ({ yearly, date }: Holiday) => (yearly ? `0${date.slice(5)}` : `1${date}`);
  return [...holidays].sort((one, other) => key(one).localeCompare(key(other)));
}
