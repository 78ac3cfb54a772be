import { Icon } from "../../ui/Icon";
import { describedBy, type FieldProps } from "./field";

export function Toggle(props: FieldProps) {
  const { field, id, value, error, disabled, onChange } = props;
  return (
    <div className={error ? "field wrong" : "field"} data-setting={field.key}>
      <label className="tog">
        <span className="grow">{field.title}</span>
        <input
          id={id}
          type="checkbox"
          role="switch"
          checked={value === true}
          aria-checked={value === true}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
          {...describedBy(props)}
        />
      </label>
      {error ? (
        <p className="err" id={`${id}-error`}>
          <Icon name="circle-alert" small />
          {error}
        </p>
      ) : null}
      {field.description ? (
        <p className="help" id={`${id}-help`}>
          {field.description}
        </p>
      ) : null}
    </div>
  );
}
