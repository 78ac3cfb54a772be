import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { Pick } from "../../ui/Pick";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps } from "./field";

type Row = Readonly<Record<string, unknown>>;

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"];

/** The keys of a menu and what each is for. The schema of the rows names their two settings. */
export function KeyList(props: FieldProps) {
  const { field, id, value, disabled, onChange, form } = props;
  const [keyName = "digit", labelName = "label"] = Object.keys(
    field.schema.items?.properties ?? {},
  );
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const used = rows.map((row) => asText(row[keyName]));
  const most = Number(form.values.max_digits ?? 1);
  const free = most > 1 ? "" : KEYS.find((key) => !used.includes(key));
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
              <Keys
                id={index === 0 ? id : undefined}
                aria-label={t("Key of row {n}", { n: index + 1 })}
                value={key}
                used={used}
                most={most}
                disabled={disabled}
                aria-invalid={used.indexOf(key) !== index || key.length > most}
                onPick={(picked) => put(index, { [keyName]: picked })}
              />
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

interface KeysProps {
  readonly id: string | undefined;
  readonly "aria-label": string;
  readonly "aria-invalid": boolean;
  readonly disabled: boolean;
  readonly value: string;
  readonly used: readonly string[];
  /** How many digits a caller may press. */
  readonly most: number;
  onPick(key: string): void;
}

/** One key is picked from those of a telephone; several are typed. */
function Keys({ value, used, most, onPick, ...rest }: KeysProps) {
  if (most > 1) {
    return (
      <input
        {...rest}
        className="in mono key-entry"
        type="text"
        inputMode="tel"
        autoComplete="off"
        placeholder="101"
        value={value}
        onChange={(event) => onPick(event.target.value.replace(/[^0-9*#]/g, "").slice(0, 8))}
      />
    );
  }
  return (
    <Pick {...rest} className="key" value={value} onChange={(event) => onPick(event.target.value)}>
      {KEYS.includes(value) ? null : <option value={value}>{value}</option>}
      {KEYS.map((key) => (
        <option key={key} value={key} disabled={key !== value && used.includes(key)}>
          {key}
        </option>
      ))}
    </Pick>
  );
}
