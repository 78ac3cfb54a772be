import { t } from "../../../i18n";
import type { Case } from "../../../model/rules";
import { Expression } from "../Expression";
import type { FieldProps } from "../field";

interface Props {
  readonly form: FieldProps;
  readonly value: Case;
  readonly disabled: boolean;
  onChange(change: Partial<Case>): void;
}

/** Characters of an expression, as the server counts them. */
const LONGEST = 2000;

/** The expression of a case, in the same editor as expressions elsewhere. */
export function CaseExpression({ form, value, disabled, onChange }: Props) {
  const field = {
    ...form.field,
    key: `${form.field.key}-${value.port}`,
    title: t("Expression"),
    description: t("The case is taken when its value counts as true."),
    widget: "expression",
    required: true,
    optional: false,
    options: [],
    schema: {
      type: "string",
      maxLength: LONGEST,
      placeholder: "nodes.lookup.json.total > 500",
    },
  };
  return (
    <Expression
      {...form}
      field={field}
      id={`${form.id}-${value.port}`}
      value={value.expression}
      error={null}
      disabled={disabled}
      onChange={(expression) => onChange({ expression: String(expression ?? "") })}
    />
  );
}
