import { t } from "../../i18n";
import { type Interval, isOvernight } from "../../model/opening_hours";
import {
  type Kind,
  kindOf,
  MOST_INTERVALS,
  ofKind,
  overlapping,
  withAnother,
} from "../../model/schedule";
import { Button } from "../../ui/Button";
import { Pick } from "../../ui/Pick";

interface Props {
  /** Whose hours these are, for those who hear the page. */
  readonly name: string;
  readonly id?: string;
  readonly intervals: readonly Interval[];
  /** What is proposed when a closed day opens. */
  readonly like?: readonly Interval[];
  readonly disabled: boolean;
  onChange(intervals: readonly Interval[]): void;
}

/** Closed, open round the clock, or from one time to another, once or several times a day. */
export function IntervalRows({ name, id, intervals, like, disabled, onChange }: Props) {
  const kind = kindOf(intervals);
  const wrong = overlapping(intervals);
  const put = (index: number, change: Partial<Interval>) => {
    const [row] = intervals.slice(index);
    if (row) onChange(intervals.with(index, { ...row, ...change }));
  };
  return (
    <div className="ivals">
      <div className="row">
        <Pick
          id={id}
          className="grow"
          aria-label={name}
          value={kind}
          disabled={disabled}
          onChange={(event) => onChange(ofKind(event.target.value as Kind, like))}
        >
          <option value="closed">{t("Closed")}</option>
          <option value="hours">{t("Open at times")}</option>
          <option value="whole">{t("Open 24 hours")}</option>
        </Pick>
        {kind === "hours" ? (
          <Button
            icon="plus"
            look="ghost"
            label={t("Add a time: {name}", { name })}
            disabled={disabled || intervals.length >= MOST_INTERVALS}
            onClick={() => onChange(withAnother(intervals))}
          />
        ) : null}
      </div>
      {kind === "hours"
        ? intervals.map((interval, index) => (
            <Times
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
              key={index}
              name={intervals.length > 1 ? `${name} ${index + 1}` : name}
              interval={interval}
              wrong={wrong.has(index)}
              disabled={disabled}
              onChange={(change) => put(index, change)}
              onRemove={() => onChange(intervals.toSpliced(index, 1))}
            />
          ))
        : null}
    </div>
  );
}

interface TimesProps {
  readonly name: string;
  readonly interval: Interval;
  readonly wrong: boolean;
  readonly disabled: boolean;
  onChange(change: Partial<Interval>): void;
  onRemove(): void;
}

function Times({ name, interval, wrong, disabled, onChange, onRemove }: TimesProps) {
  const time = (key: keyof Interval, label: string) => (
    <input
      type="time"
      className="in"
      aria-label={label}
      aria-invalid={wrong}
      value={interval[key]}
      disabled={disabled}
      onChange={(event) => {
        // A time that is half typed has no value yet.
        if (event.target.value !== "") onChange({ [key]: event.target.value.slice(0, 5) });
      }}
    />
  );
  return (
    <div className="ival">
      {time("opens", t("{name} opens", { name }))}
      <span aria-hidden="true">–</span>
      {time("closes", t("{name} closes", { name }))}
      <Button
        icon="x"
        look="ghost"
        label={t("Remove the time: {name}", { name })}
        disabled={disabled}
        onClick={onRemove}
      />
      {wrong || isOvernight(interval) ? (
        <small className={wrong ? "err" : "muted"}>
          {wrong ? t("Overlaps another time") : t("closes on the next day")}
        </small>
      ) : null}
    </div>
  );
}
