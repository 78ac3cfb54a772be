import { useRef } from "react";
import { readNumber } from "../../../api/numbers";
import { t } from "../../../i18n";
import { countries, countryName } from "../../../model/countries";
import { DAYS } from "../../../model/opening_hours";
import { typeWords } from "../../../model/rule_words";
import { type Control, NUMBER_TYPES, type Operator } from "../../../model/rules";
import { dayNames } from "../../../model/schedule";
import { builder, useBuilder } from "../../../store/builder";
import { Pick } from "../../../ui/Pick";
import { answerOf, useRemote } from "../../useRemote";
import { compact } from "../Phone";

interface Props {
  readonly control: Control;
  readonly operator: Operator;
  readonly label: string;
  readonly value: string;
  readonly disabled: boolean;
  onChange(value: string): void;
}

/** One value of a row. */
export function RuleValue(props: Props) {
  const { control } = props;
  if (control === "phone") return <PhoneValue {...props} />;
  if (control === "type" || control === "weekday" || control === "country") {
    return <Choice {...props} />;
  }
  return <TypedValue {...props} />;
}

function Choice({ control, label, value, disabled, onChange }: Props) {
  const region = useBuilder((state) => state.region);
  const options = optionsOf(control, region);
  return (
    <Pick
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.some(([code]) => code === value) ? null : (
        <option value={value}>{t("Choose…")}</option>
      )}
      {options.map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Pick>
  );
}

function optionsOf(control: Control, region: string): [code: string, name: string][] {
  if (control === "country") return countries(region).map(({ code, name }) => [code, name]);
  const [codes, words]: [readonly string[], Readonly<Record<string, string>>] =
    control === "weekday" ? [DAYS, dayNames()] : [NUMBER_TYPES, typeWords()];
  return codes.map((code) => [code, words[code] ?? code]);
}

const TYPED: Readonly<Partial<Record<Control, React.InputHTMLAttributes<HTMLInputElement>>>> = {
  time: { type: "time" },
  keys: { inputMode: "tel", maxLength: 30, placeholder: "1", className: "in mono" },
  number: { inputMode: "decimal", maxLength: 31, placeholder: "10" },
};

function TypedValue({ control, operator, label, value, disabled, onChange }: Props) {
  const pattern = operator === "matches";
  const written = pattern ? { placeholder: "^\\+91", className: "in mono" } : {};
  return (
    <input
      className="in"
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      maxLength={500}
      {...TYPED[control]}
      {...written}
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const E164 = /^\+[1-9]\d{6,14}$/;

/** A whole number. Without a country code it is taken as one of the account's country. */
function PhoneValue(props: Props) {
  const { label, value, disabled, onChange } = props;
  const facts = answerOf(useRemote(E164.test(value) ? value : "", factsOf, 300));
  const latest = useRef(props);
  latest.current = props;
  const finish = async (typed: string) => {
    const number = compact(typed);
    onChange(number);
    if (number.startsWith("+") || number.length < 3) return;
    const found = await factsOf(number).catch(() => null);
    // The answer may come after more was written, here or in another row.
    if (found?.e164 && latest.current.value === number) latest.current.onChange(found.e164);
  };
  return (
    <div className="phone-value">
      <input
        className="in mono"
        type="tel"
        inputMode="tel"
        autoComplete="off"
        placeholder="+919876543210"
        maxLength={40}
        aria-label={label}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
        onBlur={(event) => {
          if (event.target.value !== "") finish(event.target.value);
        }}
      />
      {facts ? (
        <small className="muted">
          {facts.country ? countryName(facts.country) : t("No known country")}
          {facts.type === "UNKNOWN" ? "" : `, ${facts.type.toLowerCase().replaceAll("_", " ")}`}
        </small>
      ) : null}
    </div>
  );
}

const factsOf = async (number: string) =>
  number === "" ? null : readNumber(number, builder().region);
