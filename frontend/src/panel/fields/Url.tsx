import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";

export function Url(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  return (
    <FieldFrame {...props}>
      <input
        id={id}
        className="in mono"
        type="url"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        value={asText(value)}
        disabled={disabled}
        placeholder={field.schema.placeholder ?? "https://"}
        onChange={(event) => onChange(event.target.value.trim())}
        {...describedBy(props)}
      />
    </FieldFrame>
  );
}
