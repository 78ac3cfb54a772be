import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";

export function Text(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  return (
    <FieldFrame {...props}>
      <input
        id={id}
        className="in"
        type="text"
        value={asText(value)}
        disabled={disabled}
        placeholder={field.schema.placeholder}
        maxLength={field.schema.maxLength}
        onChange={(event) => onChange(event.target.value)}
        {...describedBy(props)}
      />
    </FieldFrame>
  );
}
