import { t } from "../../i18n";
import { looksRingable } from "../../model/checks";
import { Button } from "../../ui/Button";
import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";
import { compact } from "./Phone";

export function PhoneList(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const stored = Array.isArray(value) ? value.map(asText) : [];
  const numbers = stored.length > 0 ? stored : [""];
  const full = numbers.length >= (field.schema.maxItems ?? Number.POSITIVE_INFINITY);
  const put = (index: number, number: string) => {
    const next = numbers.with(index, number);
    onChange(next.length === 1 && number === "" ? [] : next);
  };
  return (
    <FieldFrame {...props} group>
      <div className="rows">
        {numbers.map((number, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
          <div className="row" key={index}>
            <input
              id={index === 0 ? id : undefined}
              className="in mono grow"
              type="tel"
              inputMode="tel"
              autoComplete="off"
              aria-label={t("{field} {n}", { field: field.title, n: index + 1 })}
              value={number}
              disabled={disabled}
              placeholder="+919812345678"
              onChange={(event) => put(index, event.target.value)}
              onBlur={(event) => put(index, compact(event.target.value))}
              {...describedBy(props)}
              aria-invalid={number !== "" && !looksRingable(number)}
            />
            {numbers.length > 1 ? (
              <Button
                icon="x"
                look="ghost"
                label={t("Remove number {n}", { n: index + 1 })}
                disabled={disabled}
                onClick={() => onChange(numbers.toSpliced(index, 1))}
              />
            ) : null}
          </div>
        ))}
      </div>
      <Button
        icon="plus"
        className="add"
        disabled={disabled || full || numbers.at(-1) === ""}
        onClick={() => onChange([...numbers, ""])}
      >
        {t("Add a number")}
      </Button>
    </FieldFrame>
  );
}
