import { t } from "../../../i18n";
import { type Case, MOST_RULES, newRule, type Rule } from "../../../model/rules";
import { Button } from "../../../ui/Button";
import type { FieldProps } from "../field";
import { CaseExpression } from "./CaseExpression";
import { RuleRow } from "./RuleRow";

interface Props {
  readonly id?: string;
  /** The field that the case is in: the editor of expressions is a field of its own. */
  readonly form: FieldProps;
  readonly value: Case;
  readonly number: number;
  readonly disabled: boolean;
  onChange(change: Partial<Case>): void;
  onRemove(): void;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
}

export function CaseCard(props: Props) {
  const { value, number, disabled, onChange, form } = props;
  const name = value.name || t("Case {n}", { n: number });
  return (
    <fieldset className="case" aria-label={name}>
      <Head {...props} name={name} />
      {value.mode === "expression" ? (
        <CaseExpression form={form} value={value} disabled={disabled} onChange={onChange} />
      ) : (
        <Rows value={value} name={name} disabled={disabled} onChange={onChange} />
      )}
      <div className="row wrap">
        {value.mode === "rules" ? (
          <Button
            icon="plus"
            className="add"
            disabled={disabled || value.rules.length >= MOST_RULES}
            onClick={() => onChange({ rules: [...value.rules, newRule()] })}
          >
            {t("Add a row")}
          </Button>
        ) : null}
        <Button
          look="ghost"
          className="add way"
          disabled={disabled}
          onClick={() => onChange({ mode: value.mode === "rules" ? "expression" : "rules" })}
        >
          {value.mode === "rules" ? t("Write an expression") : t("Use rows instead")}
        </Button>
      </div>
    </fieldset>
  );
}

function Head(props: Props & { readonly name: string }) {
  const { id, value, name, number, disabled, onChange, onRemove, onUp, onDown } = props;
  return (
    <div className="case-head">
      <span className="no" aria-hidden="true">
        {number}
      </span>
      <input
        id={id}
        className="in grow"
        aria-label={t("Name of case {n}", { n: number })}
        placeholder={t("Name")}
        maxLength={60}
        value={value.name}
        disabled={disabled}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <Button
        icon="chevron-up"
        look="ghost"
        label={t("Move {name} up", { name })}
        data-move="up"
        disabled={disabled || onUp === null}
        onClick={() => onUp?.()}
      />
      <Button
        icon="chevron-down"
        look="ghost"
        label={t("Move {name} down", { name })}
        data-move="down"
        disabled={disabled || onDown === null}
        onClick={() => onDown?.()}
      />
      <Button
        icon="x"
        look="ghost"
        label={t("Remove {name}", { name })}
        disabled={disabled}
        onClick={onRemove}
      />
    </div>
  );
}

interface RowsProps {
  readonly value: Case;
  readonly name: string;
  readonly disabled: boolean;
  onChange(change: Partial<Case>): void;
}

function Rows({ value, name, disabled, onChange }: RowsProps) {
  const { rules, match } = value;
  const joint = match === "all" ? t("and") : t("or");
  return (
    <>
      {rules.length > 1 ? <MatchSwitch {...{ value, name, disabled, onChange }} /> : null}
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
        <div key={index} className="rule-at">
          {index > 0 ? <span className="joint">{joint}</span> : null}
          <RuleRow
            name={t("{name}, row {n}", { name, n: index + 1 })}
            rule={rule}
            disabled={disabled}
            onChange={(changed: Rule) => onChange({ rules: rules.with(index, changed) })}
            onRemove={() => onChange({ rules: rules.toSpliced(index, 1) })}
          />
        </div>
      ))}
    </>
  );
}

function MatchSwitch({ value, name, disabled, onChange }: RowsProps) {
  const words = { all: t("All rows hold"), any: t("Any row holds") };
  return (
    <div className="seg" role="radiogroup" aria-label={t("{name} is taken when", { name })}>
      {(["all", "any"] as const).map((match) => (
        <label key={match}>
          <input
            type="radio"
            name={`match-${value.port}`}
            checked={value.match === match}
            disabled={disabled}
            onChange={() => onChange({ match })}
          />
          <span>{words[match]}</span>
        </label>
      ))}
    </div>
  );
}
