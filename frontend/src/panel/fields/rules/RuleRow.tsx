import { useId } from "react";
import { t } from "../../../i18n";
import { faultOf, operatorWords, subjectWords } from "../../../model/rule_words";
import {
  countOf,
  OPERATORS,
  type Operator,
  type Rule,
  SUBJECTS,
  type Subject,
  withOperator,
  withSubject,
} from "../../../model/rules";
import { Button } from "../../../ui/Button";
import { Icon } from "../../../ui/Icon";
import { Pick } from "../../../ui/Pick";
import { RuleName } from "./RuleName";
import { RuleValues } from "./RuleValues";

interface Props {
  /** For those who hear the page. */
  readonly name: string;
  readonly rule: Rule;
  readonly disabled: boolean;
  onChange(rule: Rule): void;
  onRemove(): void;
}

/** One comparison: what, how, and with which value. */
export function RuleRow({ name, rule, disabled, onChange, onRemove }: Props) {
  const subjects = subjectWords();
  const operators = operatorWords(rule.subject);
  const fault = faultOf(rule);
  const shown = fault?.begun ? fault.told : null;
  const faultId = useId();
  return (
    <fieldset
      className={shown ? "rule wrong" : "rule"}
      aria-label={name}
      {...(shown ? { "aria-describedby": faultId } : {})}
    >
      <div className="row">
        <Pick
          className="grow"
          aria-label={t("What is compared")}
          value={rule.subject}
          disabled={disabled}
          onChange={(event) => onChange(withSubject(rule, event.target.value as Subject))}
        >
          {SUBJECTS.map((subject) => (
            <option key={subject} value={subject}>
              {subjects[subject]}
            </option>
          ))}
        </Pick>
        <Button
          icon="x"
          look="ghost"
          label={t("Remove {name}", { name })}
          disabled={disabled}
          onClick={onRemove}
        />
      </div>
      <RuleName rule={rule} disabled={disabled} onChange={onChange} />
      <div className={`comparison ${countOf(rule.operator)}`}>
        <Pick
          aria-label={t("How it is compared")}
          value={rule.operator}
          disabled={disabled}
          onChange={(event) => onChange(withOperator(rule, event.target.value as Operator))}
        >
          {OPERATORS[rule.subject].map((operator) => (
            <option key={operator} value={operator}>
              {operators[operator]}
            </option>
          ))}
        </Pick>
        <RuleValues
          rule={rule}
          disabled={disabled}
          onChange={(value) => onChange({ ...rule, value })}
        />
      </div>
      {shown ? (
        <p className="err" id={faultId}>
          <Icon name="circle-alert" small />
          {shown}
        </p>
      ) : null}
    </fieldset>
  );
}
