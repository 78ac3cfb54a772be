import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";

export function Textarea(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const text = asText(value);
  const limit = field.schema.maxLength;
  const near = limit !== undefined && text.length > limit * 0.8;
  return (
    <FieldFrame {...props} aside={near ? `${text.length} / ${limit}` : undefined}>
      <textarea
        id={id}
        className="in"
        rows={3}
        value={text}
        disabled={disabled}
        placeholder={field.schema.placeholder}
        onChange={(event) => onChange(event.target.value)}
        {...describedBy(props)}
      />
    </FieldFrame>
  );
}
