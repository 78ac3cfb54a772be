import "../../styles/expression.css";
import { type Checked, checkExpression } from "../../api/expressions";
import { t } from "../../i18n";
import { useBuilder } from "../../store/builder";
import { answerOf, useRemote } from "../useRemote";
import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";
import { SuggestInput } from "./SuggestInput";

const QUIET_MS = 300;
const MOST_SHOWN = 160;

type Mode = "expression" | "text";

/** One expression, tried with sample values while it is written. */
export const Expression = (props: FieldProps) => {
  // A setting that is an expression also takes a text with variables, such as +91{digits}.
  const written = asText(props.value);
  const isText = !written.includes("`") && /\$\{\{|\{[A-Za-z_]\w*\}/.test(written);
  return <Tried {...props} mode={isText ? "text" : "expression"} rows={2} />;
};

/** A text with variables and expressions. */
export const ExpressionText = (props: FieldProps) => <Tried {...props} mode="text" rows={3} />;

function Tried(props: FieldProps & { readonly mode: Mode; readonly rows: number }) {
  const { field, id, disabled, onChange, mode, rows } = props;
  const value = asText(props.value);
  const checked = useChecked(value, mode);
  const error = checked?.problems[0]?.message ?? props.error;
  return (
    <FieldFrame {...props} error={error}>
      <SuggestInput
        id={id}
        value={value}
        mode={mode}
        rows={rows}
        disabled={disabled}
        placeholder={field.schema.placeholder}
        maxLength={field.schema.maxLength}
        described={describedBy({ field, id, error })}
        onChange={onChange}
      />
      <Outcome checked={checked} />
    </FieldFrame>
  );
}

/** What the server says of a source; null while nobody asked or knows. */
export function useChecked(value: string, mode: Mode): Checked | null {
  const flow = useBuilder((state) => state.flowId);
  const source = value.trim() === "" || (mode === "text" && !value.includes("{")) ? "" : value;
  const remote = useRemote(
    `${mode} ${source}`,
    () => {
      if (source === "") return Promise.resolve(null);
      return checkExpression(mode === "text" ? { text: source } : { expression: source }, flow);
    },
    QUIET_MS,
  );
  return answerOf(remote);
}

/** The value with samples, or why there is none. What is wrong stands where errors stand. */
export function Outcome({ checked }: { readonly checked: Checked | null }) {
  if (!checked?.ok) return null;
  if (checked.note !== "") return <p className="outcome">{checked.note}</p>;
  const { value } = checked;
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  return (
    <p className="outcome" data-testid="outcome">
      {value === null
        ? t("The samples give no value.")
        : t("For example: {value}", { value: shown.slice(0, MOST_SHOWN) })}
    </p>
  );
}
