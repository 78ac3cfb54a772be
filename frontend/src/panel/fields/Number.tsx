import { useState } from "react";
import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";

/** Keeps what is being typed, so that an emptied field can be filled again without a jump. */
export function NumberField(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <FieldFrame {...props}>
      <input
        id={id}
        className="in short"
        type="number"
        inputMode="numeric"
        value={typed ?? asText(value)}
        disabled={disabled}
        min={field.schema.minimum}
        max={field.schema.maximum}
        step={field.schema.type === "number" ? "any" : 1}
        onChange={(event) => {
          setTyped(event.target.value);
          const number = event.target.valueAsNumber;
          onChange(Number.isNaN(number) ? undefined : number);
        }}
        onBlur={() => setTyped(null)}
        {...describedBy(props)}
      />
    </FieldFrame>
  );
}
