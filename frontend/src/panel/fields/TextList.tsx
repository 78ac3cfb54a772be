import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { FieldFrame } from "./FieldFrame";
import { asText, describedBy, type FieldProps } from "./field";

/** A list of short texts, such as addresses. */
export function TextList(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const stored = Array.isArray(value) ? value.map(asText) : [];
  const texts = stored.length > 0 ? stored : [""];
  const full = texts.length >= (field.schema.maxItems ?? Number.POSITIVE_INFINITY);
  const put = (index: number, text: string) => {
    const next = texts.with(index, text);
    onChange(next.length === 1 && text === "" ? [] : next);
  };
  return (
    <FieldFrame {...props} group>
      <div className="rows">
        {texts.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
          <div className="row" key={index}>
            <input
              id={index === 0 ? id : undefined}
              className="in grow"
              type="text"
              autoComplete="off"
              aria-label={t("{field} {n}", { field: field.title, n: index + 1 })}
              value={text}
              disabled={disabled}
              placeholder={field.schema.placeholder}
              onChange={(event) => put(index, event.target.value)}
              onBlur={(event) => put(index, event.target.value.trim())}
              {...describedBy(props)}
            />
            {texts.length > 1 ? (
              <Button
                icon="x"
                look="ghost"
                label={t("Remove row {n}", { n: index + 1 })}
                disabled={disabled}
                onClick={() => onChange(texts.toSpliced(index, 1))}
              />
            ) : null}
          </div>
        ))}
      </div>
      <Button
        icon="plus"
        className="add"
        disabled={disabled || full || texts.at(-1) === ""}
        onClick={() => onChange([...texts, ""])}
      >
        {t("Add a row")}
      </Button>
    </FieldFrame>
  );
}
