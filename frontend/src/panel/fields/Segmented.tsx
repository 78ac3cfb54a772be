import { FieldFrame } from "./FieldFrame";
import type { FieldProps } from "./field";

/** One of a few: native radio buttons, so arrow keys work, drawn as segments. */
export function Segmented(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  return (
    <FieldFrame {...props} group>
      <div className="seg" role="radiogroup" aria-labelledby={`${id}-label`}>
        {field.options.map((option, index) => (
          <label key={String(option.value)}>
            <input
              type="radio"
              name={id}
              id={index === 0 ? id : undefined}
              checked={option.value === (value ?? null)}
              disabled={disabled}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </FieldFrame>
  );
}
