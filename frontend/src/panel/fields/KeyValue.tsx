import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps } from "./field";

/** Names and values, kept as an object in the order they were written. */
export function KeyValue(props: FieldProps) {
  const { value, disabled, onChange, id } = props;
  const pairs = Object.entries((value ?? {}) as Readonly<Record<string, unknown>>);
  const put = (index: number, pair: [string, unknown]) =>
    onChange(Object.fromEntries(pairs.with(index, pair)));

  return (
    <FieldFrame {...props} group>
      <div className="rows">
        {pairs.map(([name, content], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
          <div className="row" key={index}>
            <input
              id={index === 0 ? id : undefined}
              className="in grow"
              aria-label={t("Name {n}", { n: index + 1 })}
              placeholder={t("Name")}
              value={name}
              disabled={disabled}
              onChange={(event) => put(index, [event.target.value, content])}
            />
            <input
              className="in grow"
              aria-label={t("Value of {name}", { name })}
              placeholder={t("Value")}
              value={asText(content)}
              disabled={disabled}
              onChange={(event) => put(index, [name, event.target.value])}
            />
            <Button
              icon="x"
              look="ghost"
              label={t("Remove {name}", { name })}
              disabled={disabled}
              onClick={() => onChange(Object.fromEntries(pairs.toSpliced(index, 1)))}
            />
          </div>
        ))}
      </div>
      <Button
        icon="plus"
        className="add"
        disabled={disabled || pairs.some(([name]) => name === "")}
        onClick={() => onChange({ ...Object.fromEntries(pairs), "": "" })}
      >
        {t("Add a row")}
      </Button>
    </FieldFrame>
  );
}
