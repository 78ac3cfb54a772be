import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { allZones } from "./local_time";
import { DAYS, type Schedule, verdictAt, type Week } from "./opening_hours";
import {
  copyMonday,
  inOrder,
  kindOf,
  officeWeek,
  ofKind,
  overlapping,
  readHolidays,
  readWeek,
  stillToAdd,
  told,
  withAnother,
} from "./schedule";

interface Case {
  readonly name: string;
  readonly settings: string | { week?: unknown; holidays?: unknown; time_zone?: string };
  readonly at: string;
  readonly zone: string;
  readonly open: boolean;
  readonly reason: string;
  readonly until: string | null;
}

const here = dirname(fileURLToPath(import.meta.url));
const cases = JSON.parse(
  readFileSync(resolve(here, "../../../tests/cases/opening_hours.json"), "utf-8"),
) as readonly Case[];

const everyDay = (opens: string, closes: string, days: readonly string[] = DAYS) =>
  Object.fromEntries(days.map((day) => [day, [{ opens, closes }]]));
const WEEKS: Readonly<Record<string, unknown>> = {
  office: everyDay("09:00", "18:00", DAYS.slice(0, 5)),
  always: everyDay("00:00", "00:00"),
  nights: everyDay("22:00", "06:00"),
  all_night: everyDay("22:00", "06:00", ["sat"]),
  half_past_one: everyDay("01:30", "05:00", ["sun"]),
  until_half_past_one: everyDay("00:00", "01:30"),
};

function scheduleOf({ settings, zone }: Case): Schedule {
  const whole = typeof settings === "string" ? { week: settings } : settings;
  const week = typeof whole.week === "string" ? WEEKS[whole.week] : whole.week;
  return {
    week: readWeek(week),
    holidays: readHolidays(whole.holidays),
    zone: whole.time_zone ?? zone,
  };
}

describe("verdicts are those of the server", () => {
  it.each(cases.map((row) => [row.name, row] as const))("%s", (_name, row) => {
    const verdict = verdictAt(scheduleOf(row), Date.parse(row.at));
    expect(verdict.open).toBe(row.open);
    expect(verdict.reason).toBe(row.reason);
    expect(verdict.until).toBe(row.until === null ? null : Date.parse(row.until));
  });
});

describe("a week", () => {
  const empty = readWeek({});

  it("is read whatever is stored", () => {
    expect(readWeek(null)).toEqual(empty);
    expect(readWeek({ mon: [{ opens: "9", closes: "18:00" }, null], tue: "x" })).toEqual(empty);
    expect(readHolidays([{ date: "2026-08-15" }, 3])).toEqual([
      { date: "2026-08-15", name: "", yearly: false, hours: [] },
    ]);
  });

  it("takes Monday's hours on all weekdays, and leaves the weekend", () => {
    const week: Week = { ...empty, mon: [{ opens: "10:00", closes: "19:00" }] };
    const copied = copyMonday(week);
    expect(copied.fri).toEqual(week.mon);
    expect(copied.sat).toEqual([]);
    expect(officeWeek(empty).wed).toEqual([{ opens: "09:00", closes: "18:00" }]);
  });

  it("knows what kind of day it is", () => {
    expect(kindOf([])).toBe("closed");
    expect(kindOf(ofKind("whole"))).toBe("whole");
    expect(kindOf(ofKind("hours"))).toBe("hours");
    expect(ofKind("hours", [{ opens: "10:00", closes: "12:00" }])).toEqual([
      { opens: "10:00", closes: "12:00" },
    ]);
  });

  it("adds a time after the last one", () => {
    expect(withAnother([{ opens: "09:00", closes: "13:00" }]).at(-1)).toEqual({
      opens: "14:00",
      closes: "18:00",
    });
    expect(withAnother([{ opens: "09:00", closes: "21:30" }]).at(-1)).toEqual({
      opens: "22:30",
      closes: "00:00",
    });
  });

  it("sees what overlaps, also with a night", () => {
    const night = { opens: "22:00", closes: "02:00" };
    expect(overlapping([night, { opens: "23:00", closes: "23:30" }])).toEqual(new Set([1]));
    expect(overlapping([night, { opens: "20:00", closes: "22:00" }])).toEqual(new Set());
  });
});

describe("holidays", () => {
  const ready = [
    { label: "Republic Day", date: "2026-01-26", yearly: true },
    { label: "Diwali", date: "2026-11-08", yearly: false },
    { label: "Diwali", date: "2027-10-29", yearly: false },
  ];

  it("offers those that are to come and not there yet", () => {
    const offered = stillToAdd(ready, readHolidays([{ date: "2020-01-26" }]), "2026-11-25");
    expect(offered.map(({ name, date }) => `${name} ${date}`)).toEqual([
      "Republic Day 2026-01-26",
      "Diwali 2027-10-29",
    ]);
    const known = readHolidays([{ date: "2027-01-26", yearly: true }]);
    expect(stillToAdd(ready, known, "2026-11-25").map((row) => row.name)).toEqual(["Diwali"]);
  });

  it("are listed by date, those of every year first", () => {
    const rows = readHolidays([
      { date: "2027-10-29" },
      { date: "2026-08-15", yearly: true },
      { date: "2026-01-26", yearly: true },
    ]);
    expect(inOrder(rows).map((row) => row.date)).toEqual([
      "2026-01-26",
      "2026-08-15",
      "2027-10-29",
    ]);
  });
});

describe("told in words", () => {
  const zone = "Asia/Kolkata";
  const now = Date.parse("2026-11-25T05:00:00Z");
  const verdict = (until: string | null, holiday = "") =>
    ({ open: true, reason: "hours", holiday, until: until && Date.parse(until) }) as never;

  it("names the day only when it must", () => {
    expect(told(verdict("2026-11-25T18:00+05:30"), now, zone)).toBe("Now: open until 18:00");
    expect(told(verdict("2026-11-26T00:00+05:30"), now, zone)).toBe("Now: open until midnight");
    expect(told(verdict("2026-11-26T06:00+05:30"), now, zone)).toBe(
      "Now: open until tomorrow 06:00",
    );
    expect(told(verdict("2026-11-30T09:00+05:30"), now, zone)).toBe("Now: open until Monday 09:00");
    expect(told(verdict("2027-01-26T00:00+05:30"), now, zone)).toBe(
      "Now: open until 2027-01-26 00:00",
    );
    expect(told(verdict(null), now, zone)).toBe("Now: always open");
    expect(told(verdict("2026-11-25T18:00+05:30", "Diwali"), now, zone)).toBe(
      "Now: Diwali, open until 18:00",
    );
  });

  it("knows zones by the names of today", () => {
    expect(allZones()).toContain("Asia/Kolkata");
    expect(allZones()).not.toContain("Asia/Calcutta");
  });
});
