import "../../styles/expression.css";
import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Outcome, useChecked } from "./Expression";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps } from "./field";
import { SuggestInput } from "./SuggestInput";

interface Row {
  readonly name: string;
  readonly value: string;
}

/** Names and the values they stand for, in the order in which they are worked out. */
export function Assignments(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const most = field.schema.maxItems ?? 50;
  const put = (index: number, change: Partial<Row>) =>
    onChange(rows.with(index, { name: "", value: "", ...rows[index], ...change }));
  const [, wrong, said] = /^Row (\d+):? (.+)/s.exec(props.error ?? "") ?? [];
  return (
    <FieldFrame {...props} group error={rows[Number(wrong) - 1] ? null : props.error}>
      <div className="rows">
        {rows.map((row, index) => (
          <Assignment
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
            key={index}
            id={index === 0 ? id : undefined}
            number={index + 1}
            row={row}
            error={Number(wrong) === index + 1 ? (said ?? null) : null}
            disabled={disabled}
            onChange={(change) => put(index, change)}
            onRemove={() => onChange(rows.toSpliced(index, 1))}
          />
        ))}
      </div>
      <Button
        icon="plus"
        className="add"
        {...(rows.length === 0 ? { id } : {})}
        disabled={disabled || rows.length >= most}
        onClick={() => onChange([...rows, { name: "", value: "" }])}
      >
        {t("Add a value")}
      </Button>
    </FieldFrame>
  );
}

interface AssignmentProps {
  readonly id: string | undefined;
  readonly number: number;
  readonly row: Row;
  readonly error: string | null;
  readonly disabled: boolean;
  onChange(change: Partial<Row>): void;
  onRemove(): void;
}

function Assignment({ id, number, row, error, disabled, onChange, onRemove }: AssignmentProps) {
  const value = asText(row.value);
  const checked = useChecked(value, "text");
  const problem = checked?.problems[0]?.message ?? error;
  return (
    <div className={problem ? "assign wrong" : "assign"}>
      <div className="row">
        <input
          id={id}
          className="in mono grow"
          aria-label={t("Name {n}", { n: number })}
          placeholder={t("Name")}
          value={asText(row.name)}
          disabled={disabled}
          autoCapitalize="off"
          spellCheck={false}
          maxLength={64}
          onChange={(event) => onChange({ name: event.target.value.replace(/[^\w$]/g, "_") })}
        />
        <Button
          icon="x"
          look="ghost"
          label={t("Remove value {n}", { n: number })}
          disabled={disabled}
          onClick={onRemove}
        />
      </div>
      <SuggestInput
        label={t("Value {n}", { n: number })}
        value={value}
        mode="text"
        rows={2}
        disabled={disabled}
        placeholder={"${{ nodes.lookup.json.name }}"}
        maxLength={2000}
        onChange={(next) => onChange({ value: next })}
      />
      {problem ? (
        <p className="err">
          <Icon name="circle-alert" small />
          {problem}
        </p>
      ) : (
        <Outcome checked={checked} />
      )}
    </div>
  );
}
