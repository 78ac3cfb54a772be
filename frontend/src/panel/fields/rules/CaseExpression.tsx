import { t } from "../../../i18n";
import type { Case } from "../../../model/rules";
import type { FieldProps } from "../field";
import { fieldFor, hasField } from "../registry";

interface Props {
  readonly form: FieldProps;
  readonly value: Case;
  readonly disabled: boolean;
  onChange(change: Partial<Case>): void;
}

/** The expression of a case, in the same editor as expressions elsewhere. */
export function CaseExpression({ form, value, disabled, onChange }: Props) {
  const widget = hasField("expression") ? "expression" : "textarea";
  const Editor = fieldFor(widget);
  const field = {
    ...form.field,
    key: `${form.field.key}-${value.port}`,
    title: t("Expression"),
    description: t("The case is taken when its value counts as true."),
    widget,
    required: true,
    optional: false,
    options: [],
    schema: { type: "string", placeholder: "nodes.lookup.json.total > 500" },
  };
  return (
    <Editor
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
