/** When a business is open, and until when. The same rule as `applets/opening_hours.py`. */
import { dateOf, dayOf, instantOf, localDay, weekdayOf } from "./local_time";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

/** One that closes when it opens, or earlier, closes on the next day. */
export interface Interval {
  readonly opens: string;
  readonly closes: string;
}

export type Week = Readonly<Record<Day, readonly Interval[]>>;

export interface Holiday {
  readonly date: string;
  readonly name: string;
  readonly yearly: boolean;
  /** None: closed all day. */
  readonly hours: readonly Interval[];
}

export interface Schedule {
  readonly week: Week;
  readonly holidays: readonly Holiday[];
  readonly zone: string;
}

export interface Verdict {
  readonly open: boolean;
  readonly reason: "hours" | "holiday" | "no_schedule";
  readonly holiday: string;
  /** A moment in milliseconds; null when it never changes. */
  readonly until: number | null;
}

type Span = readonly [start: number, end: number];

const REACH = 16;
const YEARS = 17;

export const isOvernight = ({ opens, closes }: Interval) => closes <= opens;

export const hasHours = (week: Week) => DAYS.some((day) => week[day].length > 0);

export function verdictAt(schedule: Schedule, at: number): Verdict {
  const calendar = new Calendar(schedule);
  const today = localDay(at, schedule.zone);
  const open = calendar.spans(today, today).some(([start, end]) => start <= at && at < end);
  const holiday = calendar.holidayOn(today);
  const ordinary = hasHours(schedule.week) ? "hours" : "no_schedule";
  return {
    open,
    reason: holiday ? "holiday" : ordinary,
    holiday: holiday?.name ?? "",
    until: calendar.changeAfter(at, today, open),
  };
}

/** Days are counted from 1970-01-01. */
class Calendar {
  private readonly once = new Map<string, Holiday>();
  private readonly yearly = new Map<string, Holiday>();

  constructor(private readonly schedule: Schedule) {
    for (const holiday of schedule.holidays) {
      const [days, key] = holiday.yearly
        ? [this.yearly, holiday.date.slice(5)]
        : [this.once, holiday.date];
      if (!days.has(key)) days.set(key, holiday);
    }
  }

  holidayOn(day: number): Holiday | undefined {
    const date = dateOf(day);
    return this.once.get(date) ?? this.yearly.get(date.slice(5));
  }

  /** When it is open from the first day to the last, in order and joined where they touch. */
  spans(first: number, last: number): Span[] {
    const found: Span[] = [];
    for (let day = first - 2; day <= last; day += 1) found.push(...this.spansOf(day));
    return joined(found.sort((one, other) => one[0] - other[0]));
  }

  changeAfter(at: number, today: number, open: boolean): number | null {
    for (const [first, last] of this.windows(today)) {
      const since = Math.max(at, this.instant(first, "00:00"));
      const spans = this.spans(first, last);
      const change = open
        ? spans.find(([start, end]) => start <= since && since < end)?.[1]
        : spans.find(([start]) => start > since)?.[0];
      // At the edge the next day's hours may join on.
      if (change !== undefined && change < this.instant(last + 1, "00:00")) return change;
    }
    return null;
  }

  /** Where to look: now, within two weeks, then around each holiday to come. */
  private *windows(today: number): Generator<[first: number, last: number]> {
    yield [today, today + 1];
    yield [today, today + REACH];
    const holidays = this.holidaysFrom(today);
    // Holidays may have hidden the ordinary week so far: then it shows after one of them.
    const hidden = (holidays[0] ?? Number.POSITIVE_INFINITY) <= today + REACH;
    for (const day of holidays) yield [day - 1, day + (hidden ? REACH : 2)];
  }

  private holidaysFrom(today: number): number[] {
    const days = [...this.once.keys()].map(dayOf);
    const year = Number(dateOf(today).slice(0, 4));
    for (const key of this.yearly.keys()) {
      const dates = Array.from({ length: YEARS }, (_, later) => `${year + later}-${key}`);
      // 29 February is not in every year.
      const real = dates.filter((date) => dateOf(dayOf(date)) === date).map(dayOf);
      days.push(...real.filter((day) => day >= today).slice(0, 2));
    }
    return days.filter((day) => day >= today).sort((one, other) => one - other);
  }

  private spansOf(day: number): Span[] {
    const weekday = DAYS[weekdayOf(day)] ?? "mon";
    const hours = this.holidayOn(day)?.hours ?? this.schedule.week[weekday];
    return hours
      .map((interval): Span => {
        const start = this.instant(day, interval.opens);
        if (!isOvernight(interval)) return [start, this.instant(day, interval.closes)];
        // A holiday is a whole day: what began on the evening before ends at its midnight.
        const closes = this.holidayOn(day + 1) ? "00:00" : interval.closes;
        return [start, this.instant(day + 1, closes)];
      })
      .filter(([start, end]) => start < end);
  }

  private instant(day: number, clock: string): number {
    return instantOf(day, clock, this.schedule.zone);
  }
}

function joined(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const [start, end] of spans) {
    const last = found.at(-1);
    if (last && start <= last[1]) found[found.length - 1] = [last[0], Math.max(last[1], end)];
    else found.push([start, end]);
  }
  return found;
}
