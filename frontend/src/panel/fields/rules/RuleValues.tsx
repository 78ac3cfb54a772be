import { t } from "../../../i18n";
import { DAYS } from "../../../model/opening_hours";
import { controlOf, countOf, MOST_VALUES, type Rule, valuesOf } from "../../../model/rules";
import { dayNames } from "../../../model/schedule";
import { Button } from "../../../ui/Button";
import { RuleValue } from "./RuleValue";

interface Props {
  readonly rule: Rule;
  readonly disabled: boolean;
  onChange(value: string | readonly string[]): void;
}

/** One value, two ends, a list, or nothing, each with the control that suits it. */
export function RuleValues({ rule, disabled, onChange }: Props) {
  const control = controlOf(rule.subject, rule.operator);
  const values = valuesOf(rule);
  const one = (index: number, label: string) => (
    <RuleValue
      control={control}
      operator={rule.operator}
      label={label}
      value={values[index] ?? ""}
      disabled={disabled}
      onChange={(value) => onChange(put(values, index, value))}
    />
  );
  switch (countOf(rule.operator)) {
    case "none":
      return null;
    case "one":
      return (
        <RuleValue
          control={control}
          operator={rule.operator}
          label={t("Value")}
          value={values[0] ?? ""}
          disabled={disabled}
          onChange={onChange}
        />
      );
    case "two":
      return (
        <div className="ends">
          {one(0, t("From"))}
          <span>{t("and")}</span>
          {one(1, t("To"))}
        </div>
      );
    default:
      return control === "weekday" ? (
        <Weekdays days={values} disabled={disabled} onChange={onChange} />
      ) : (
        <List values={values} disabled={disabled} onChange={onChange} one={one} />
      );
  }
}

function put(values: readonly string[], index: number, value: string): string[] {
  const next = [...values];
  while (next.length <= index) next.push("");
  return next.with(index, value);
}

interface ListProps {
  readonly values: readonly string[];
  readonly disabled: boolean;
  onChange(values: readonly string[]): void;
  one(index: number, label: string): React.ReactNode;
}

function List({ values, disabled, onChange, one }: ListProps) {
  return (
    <div className="rows">
      {values.map((_value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
        <div className="row" key={index}>
          <div className="grow">{one(index, t("Value {n}", { n: index + 1 }))}</div>
          {values.length > 1 ? (
            <Button
              icon="x"
              look="ghost"
              label={t("Remove value {n}", { n: index + 1 })}
              disabled={disabled}
              onClick={() => onChange(values.toSpliced(index, 1))}
            />
          ) : null}
        </div>
      ))}
      <Button
        icon="plus"
        look="ghost"
        className="add another"
        disabled={disabled || values.length >= MOST_VALUES || values.at(-1) === ""}
        onClick={() => onChange([...values, ""])}
      >
        {t("Add a value")}
      </Button>
    </div>
  );
}

function Weekdays({
  days,
  disabled,
  onChange,
}: Omit<ListProps, "values" | "one"> & { readonly days: readonly string[] }) {
  const names = dayNames();
  return (
    <div className="weekdays">
      {DAYS.map((day) => (
        <label key={day} title={names[day]}>
          <input
            type="checkbox"
            aria-label={names[day]}
            checked={days.includes(day)}
            disabled={disabled}
            onChange={(event) => {
              const wanted = DAYS.filter((known) =>
                known === day ? event.target.checked : days.includes(known),
              );
              onChange(wanted);
            }}
          />
          <span aria-hidden="true">{names[day].slice(0, 2)}</span>
        </label>
      ))}
    </div>
  );
}
