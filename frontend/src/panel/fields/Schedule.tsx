import "../../styles/hours.css";
import { useEffect, useState } from "react";
import { t } from "../../i18n";
import { DAYS, hasHours, verdictAt } from "../../model/opening_hours";
import {
  copyMonday,
  dayNames,
  officeWeek,
  readHolidays,
  readWeek,
  told,
  zoneOr,
} from "../../model/schedule";
import { useBuilder } from "../../store/builder";
import { Button } from "../../ui/Button";
import { FieldFrame } from "./FieldFrame";
import { type FieldProps, neighbourKey } from "./field";
import { IntervalRows } from "./IntervalRows";

/** The hours of a week, a day in a row, and what they mean at this moment. */
export function Schedule(props: FieldProps) {
  const { id, value, disabled, onChange } = props;
  const week = readWeek(value);
  const names = dayNames();
  return (
    <FieldFrame {...props} group>
      <Now {...props} />
      <div className="week">
        {DAYS.map((day, index) => (
          <fieldset key={day} className="day">
            <legend>{names[day]}</legend>
            <IntervalRows
              {...(index === 0 ? { id } : {})}
              name={names[day]}
              intervals={week[day]}
              like={week[DAYS[Math.max(0, index - 1)] ?? "mon"]}
              disabled={disabled}
              onChange={(intervals) => onChange({ ...week, [day]: intervals })}
            />
          </fieldset>
        ))}
      </div>
      {hasHours(week) ? (
        <Button
          icon="copy"
          className="add"
          disabled={disabled}
          onClick={() => onChange(copyMonday(week))}
        >
          {t("Copy Monday to all weekdays")}
        </Button>
      ) : (
        <Button
          icon="plus"
          className="add"
          disabled={disabled}
          onClick={() => onChange(officeWeek(week))}
        >
          {t("Monday to Friday, 09:00 to 18:00")}
        </Button>
      )}
    </FieldFrame>
  );
}

const A_WHILE = 20_000;

/** The verdict of this minute, with the holidays and the zone that are set beside the week. */
function Now({ value, form }: FieldProps) {
  const account = useBuilder((state) => state.timeZone);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), A_WHILE);
    return () => clearInterval(timer);
  }, []);
  const beside = (widget: string) => form.values[neighbourKey(form.fields, widget) ?? ""];
  const zone = zoneOr(beside("time_zone"), account);
  const holidays = readHolidays(beside("holidays"));
  const verdict = verdictAt({ week: readWeek(value), holidays, zone }, now);
  return (
    <p className={verdict.open ? "badge ok now" : "badge now"}>
      {told(verdict, now, zone)}
      {zone === account ? null : ` (${zone})`}
    </p>
  );
}
