import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { FieldFrame } from "./FieldFrame";
import { asText, type FieldProps } from "./field";

type Row = Readonly<Record<string, unknown>>;

/** Values a server may answer with and what each is for. The schema of the rows names their two settings. */
export function CaseList(props: FieldProps) {
  const { field, id, value, disabled, onChange } = props;
  const [valueName = "value", labelName = "label"] = Object.keys(
    field.schema.items?.properties ?? {},
  );
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const used = rows.map((row) => asText(row[valueName]));
  const full = rows.length >= (field.schema.maxItems ?? Number.POSITIVE_INFINITY);
  const put = (index: number, change: Row) =>
    onChange(rows.with(index, { ...rows[index], ...change }));

  return (
    <FieldFrame {...props} group>
      <div className="rows">
        {rows.map((row, index) => {
          const named = asText(row[valueName]);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are known by their position.
            <div className="row" key={index}>
              <input
                id={index === 0 ? id : undefined}
                className="in mono grow"
                type="text"
                autoComplete="off"
                aria-label={t("Value of row {n}", { n: index + 1 })}
                placeholder={t("Value")}
                value={named}
                disabled={disabled}
                aria-invalid={named !== "" && used.indexOf(named) !== index}
                onChange={(event) => put(index, { [valueName]: event.target.value })}
              />
              <input
                className="in grow"
                type="text"
                aria-label={t("What “{value}” is for", { value: named })}
                placeholder={t("What it is for")}
                value={asText(row[labelName])}
                disabled={disabled}
                onChange={(event) => put(index, { [labelName]: event.target.value })}
              />
              <Button
                icon="x"
                look="ghost"
                label={t("Remove row {n}", { n: index + 1 })}
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
        disabled={disabled || full || used.includes("")}
        onClick={() => onChange([...rows, { [valueName]: "", [labelName]: "" }])}
      >
        {t("Add a row")}
      </Button>
    </FieldFrame>
  );
}
