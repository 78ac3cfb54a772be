import "../../styles/hours.css";
import { useRef, useState } from "react";
import { t } from "../../i18n";
import { dateOf, localDay } from "../../model/local_time";
import type { Holiday } from "../../model/opening_hours";
import { inOrder, readHolidays, stillToAdd, zoneOr } from "../../model/schedule";
import { useBuilder } from "../../store/builder";
import { Button } from "../../ui/Button";
import { Menu } from "../../ui/Menu";
import { FieldFrame } from "./FieldFrame";
import { type FieldProps, neighbourKey } from "./field";
import { IntervalRows } from "./IntervalRows";

const LAST_DATE = "2199-12-31";

/** Dates with hours of their own, by default closed; well-known ones are added with one click. */
export function Holidays(props: FieldProps) {
  const { id, value, disabled, onChange, field, form } = props;
  const account = useBuilder((state) => state.timeZone);
  const holidays = readHolidays(value);
  const full = holidays.length >= (field.schema.maxItems ?? Number.POSITIVE_INFINITY);
  const zone = zoneOr(form.values[neighbourKey(form.fields, "time_zone") ?? ""], account);
  const today = dateOf(localDay(Date.now(), zone));
  const offered = stillToAdd(field.schema.ready_made ?? [], holidays, today);
  const add = (...more: readonly Holiday[]) => onChange([...holidays, ...more]);
  const rows = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(false);

  return (
    <FieldFrame {...props} group>
      <div className="hols" ref={rows}>
        {holidays.map((holiday, index) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
            key={index}
            holiday={holiday}
            focus={added && index === holidays.length - 1}
            disabled={disabled}
            onChange={(change) => onChange(holidays.with(index, { ...holiday, ...change }))}
            onRemove={() => onChange(holidays.toSpliced(index, 1))}
          />
        ))}
      </div>
      <div className="row wrap">
        <Button
          icon="plus"
          className="add"
          {...(holidays.length === 0 ? { id } : {})}
          disabled={disabled || full}
          onClick={() => {
            setAdded(true);
            add({ date: today, name: "", yearly: false, hours: [] });
          }}
        >
          {t("Add a holiday")}
        </Button>
        {disabled || full || offered.length === 0 ? null : (
          <Menu
            label={t("Holidays of India")}
            className="add"
            icon="calendar"
            text={t("Holidays of India")}
          >
            {(close) => (
              <div className="offers">
                {offered.map((row) => (
                  <Button
                    key={row.date}
                    className="mi"
                    look="ghost"
                    onClick={() => {
                      close();
                      add(row);
                    }}
                  >
                    <span className="grow">{row.name}</span>
                    <span className="mono muted">{shownDate(row)}</span>
                  </Button>
                ))}
                <Button
                  className="mi"
                  look="ghost"
                  onClick={() => {
                    close();
                    onChange(inOrder([...holidays, ...offered]));
                  }}
                >
                  <b className="grow">{t("Add all of them")}</b>
                </Button>
              </div>
            )}
          </Menu>
        )}
      </div>
    </FieldFrame>
  );
}

function shownDate({ date, yearly }: Holiday): string {
  const shown = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    timeZone: "UTC",
    ...(yearly ? {} : { year: "numeric" }),
  });
  return shown.format(new Date(`${date}T00:00:00Z`));
}

interface RowProps {
  readonly holiday: Holiday;
  /** Just added by hand: its date is what comes next. */
  readonly focus: boolean;
  readonly disabled: boolean;
  onChange(change: Partial<Holiday>): void;
  onRemove(): void;
}

function Row({ holiday, focus, disabled, onChange, onRemove }: RowProps) {
  const name = holiday.name || shownDate(holiday);
  return (
    <fieldset className="hol" aria-label={name}>
      <div className="row">
        <input
          className="in grow"
          aria-label={t("Name of the holiday")}
          placeholder={t("Name")}
          maxLength={60}
          // biome-ignore lint/a11y/noAutofocus: the row was asked for, and is filled in from here.
          autoFocus={focus}
          value={holiday.name}
          disabled={disabled}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <Button
          icon="x"
          look="ghost"
          label={t("Remove {name}", { name })}
          disabled={disabled}
          onClick={onRemove}
        />
      </div>
      <div className="row">
        <input
          type="date"
          className="in grow"
          aria-label={t("Date of {name}", { name })}
          max={LAST_DATE}
          value={holiday.date}
          disabled={disabled}
          onChange={(event) => {
            if (event.target.value !== "") onChange({ date: event.target.value });
          }}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={holiday.yearly}
            disabled={disabled}
            onChange={(event) => onChange({ yearly: event.target.checked })}
          />
          {t("Every year")}
        </label>
      </div>
      <IntervalRows
        name={t("Hours on {name}", { name })}
        intervals={holiday.hours}
        disabled={disabled}
        onChange={(hours) => onChange({ hours })}
      />
    </fieldset>
  );
}
