/** Rows of a condition in words, and what is wrong with them. The same rules as `rule_faults.py`. */
import { t } from "../i18n";
import { DAYS } from "./opening_hours";
import {
  type Control,
  controlOf,
  countOf,
  NUMBER_TYPES,
  OPERATORS,
  type Operator,
  type Rule,
  type Subject,
  valuesOf,
} from "./rules";

export const subjectWords = (): Readonly<Record<Subject, string>> => ({
  caller: t("Caller's number"),
  called: t("Called number"),
  caller_type: t("Caller's number is of type"),
  caller_country: t("Caller's country"),
  digits: t("Keys pressed last"),
  time: t("Time of day"),
  weekday: t("Day of the week"),
  variable: t("Variable"),
  result: t("Earlier result"),
});

export function operatorWords(subject: Subject): Readonly<Record<Operator, string>> {
  const time = subject === "time";
  return {
    is: t("is"),
    is_not: t("is not"),
    one_of: t("is one of"),
    starts_with: t("starts with"),
    contains: t("contains"),
    greater: time ? t("at or after") : t("is more than"),
    less: time ? t("before") : t("is less than"),
    between: t("is between"),
    is_set: subject === "caller" ? t("is shown") : t("is there"),
    is_not_set: subject === "caller" ? t("is withheld") : t("is not there"),
    matches: t("matches the pattern"),
  };
}

export const typeWords = (): Readonly<Record<string, string>> => ({
  can_receive_sms: t("can receive SMS"),
  mobile: t("mobile"),
  fixed_line: t("fixed line"),
  toll_free: t("toll free"),
  unknown: t("unknown or withheld"),
});

/** Null: nothing is wrong. `begun` is false while somebody has not written anything yet. */
export interface Fault {
  readonly told: string;
  readonly begun: boolean;
}

export function faultOf(rule: Rule): Fault | null {
  if (!OPERATORS[rule.subject].includes(rule.operator)) {
    return { told: t("This comparison does not go with what is compared."), begun: true };
  }
  return nameFault(rule) ?? countFault(rule) ?? formFault(rule);
}

function nameFault({ subject, name }: Rule): Fault | null {
  if (subject === "variable" && !/^[A-Za-z_]\w{0,63}$/.test(name)) {
    return { told: t("Name the variable, such as digits."), begun: name !== "" };
  }
  if (subject === "result" && !/^nodes(\?\.|\.|\[)./s.test(name)) {
    const told = t("Say where the result is, such as nodes.lookup.json.status.");
    return { told, begun: name !== "" };
  }
  return null;
}

function countFault(rule: Rule): Fault | null {
  const count = countOf(rule.operator);
  if (count === "none") return null;
  const values = valuesOf(rule);
  const filled = values.filter((value) => value.trim() !== "");
  const begun = filled.length > 0;
  if (count === "two") {
    const both = values.length === 2 && filled.length === 2;
    return both ? null : { told: t("Give both ends."), begun };
  }
  if (!begun || filled.length < values.length) {
    return { told: t("Give a value to compare with."), begun };
  }
  return count === "one" && filled.length > 1 ? { told: t("Give one value."), begun } : null;
}

function formFault(rule: Rule): Fault | null {
  const { subject, operator } = rule;
  if (countOf(operator) === "none" || operator === "matches") return null;
  const form =
    operator === "starts_with" && (subject === "caller" || subject === "called")
      ? beginning()
      : forms()[controlOf(subject, operator)];
  return valuesOf(rule).every(form.fits) ? null : { told: form.told, begun: true };
}

interface Form {
  fits(value: string): boolean;
  readonly told: string;
}

const beginning = (): Form => ({
  fits: (value) => /^\+[1-9]\d{0,14}$/.test(value),
  told: t("Write how the number begins, such as +9140."),
});

const forms = (): Readonly<Record<Control, Form>> => ({
  phone: {
    fits: (value) => /^\+[1-9]\d{6,14}$/.test(value),
    told: t("Write the number with its country code, such as +919876543210."),
  },
  type: {
    fits: (value) => NUMBER_TYPES.some((known) => known === value),
    told: t("Choose a type of number."),
  },
  country: { fits: (value) => /^[A-Z]{2}$/.test(value), told: t("Choose a country.") },
  time: {
    fits: (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value),
    told: t("Give a time, such as 09:00."),
  },
  weekday: { fits: (value) => DAYS.some((day) => day === value), told: t("Choose a day.") },
  keys: {
    fits: (value) => /^[\d*#]+$/.test(value),
    told: t("Only the keys 0 to 9, * and # can be pressed."),
  },
  number: {
    fits: (value) => /^-?\d{1,30}(\.\d*)?$/.test(value),
    told: t("Give a number, such as 10 or 2.5."),
  },
  text: { fits: () => true, told: "" },
});
