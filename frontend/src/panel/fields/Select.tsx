import { t } from "../../i18n";
import { Pick } from "../../ui/Pick";
import { FieldFrame } from "./FieldFrame";
import { describedBy, type FieldProps } from "./field";

export function Select(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const chosen = field.options.findIndex((option) => option.value === (value ?? null));
  return (
    <FieldFrame {...props}>
      <Pick
        id={id}
        value={chosen}
        disabled={disabled}
        onChange={(event) => onChange(field.options[Number(event.target.value)]?.value)}
        {...describedBy(props)}
      >
        {chosen < 0 ? <option value={-1}>{t("Choose…")}</option> : null}
        {field.options.map((option, index) => (
          <option key={String(option.value)} value={index}>
            {option.label}
          </option>
        ))}
      </Pick>
    </FieldFrame>
  );
}
