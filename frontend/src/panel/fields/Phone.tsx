import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";

export function Phone(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  return (
    <FieldFrame {...props}>
      <input
        id={id}
        className="in mono"
        type="tel"
        inputMode="tel"
        autoComplete="off"
        value={asText(value)}
        disabled={disabled}
        placeholder={field.schema.placeholder ?? "+919876543210"}
        onChange={(event) => onChange(event.target.value)}
        onBlur={(event) => onChange(compact(event.target.value))}
        {...describedBy(props)}
      />
    </FieldFrame>
  );
}

/** Numbers are kept as E.164: the spaces people write in them are for reading only. */
export function compact(number: string): string {
  return /^\+?[\d\s().-]+$/.test(number) ? number.replace(/[\s().-]/g, "") : number.trim();
}
