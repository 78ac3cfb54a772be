import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { Pick } from "../../ui/Pick";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps } from "./field";

type Row = Readonly<Record<string, unknown>>;

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"];

/** The keys of a menu and what each is for. The schema of the rows names their two settings. */
export function KeyList(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const [keyName = "digit", labelName = "label"] = Object.keys(
    field.schema.items?.properties ?? {},
  );
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const used = rows.map((row) => asText(row[keyName]));
  const free = KEYS.find((key) => !used.includes(key));
  const put = (index: number, change: Row) =>
    onChange(rows.with(index, { ...rows[index], ...change }));

  return (
    <FieldFrame {...props} group>
      <div className="rows">
        {rows.map((row, index) => {
          const key = asText(row[keyName]);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
            <div className="row" key={index}>
              <Pick
                id={index === 0 ? id : undefined}
                className="key"
                aria-label={t("Key of row {n}", { n: index + 1 })}
                value={key}
                disabled={disabled}
                aria-invalid={used.indexOf(key) !== index}
                onChange={(event) => put(index, { [keyName]: event.target.value })}
              >
                {KEYS.includes(key) ? null : <option value={key}>{key}</option>}
                {KEYS.map((option) => (
                  <option
                    key={option}
                    value={option}
                    disabled={option !== key && used.includes(option)}
                  >
                    {option}
                  </option>
                ))}
              </Pick>
              <input
                className="in grow"
                type="text"
                aria-label={t("What key {key} is for", { key })}
                placeholder={t("What this key is for")}
                value={asText(row[labelName])}
                disabled={disabled}
                onChange={(event) => put(index, { [labelName]: event.target.value })}
              />
              <Button
                icon="x"
                look="ghost"
                label={t("Remove key {key}", { key })}
                disabled={disabled}
                onClick={() => onChange(rows.toSpliced(index, 1))}
              />
            </div>
          );
        })}
      </div>
      <Button
        icon="plus"
        className="add"
        {...(rows.length === 0 ? { id } : {})}
        disabled={disabled || free === undefined}
        onClick={() => onChange([...rows, { [keyName]: free, [labelName]: "" }])}
      >
        {t("Add a key")}
      </Button>
    </FieldFrame>
  );
}
