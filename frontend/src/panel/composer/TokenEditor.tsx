import { useId } from "react";
import { t } from "../../i18n";
import { parse, pathWith, type Variable } from "../../model/expressions";
import type { Extents } from "../../model/extents";
import { Button } from "../../ui/Button";

interface Props {
  readonly variable: Variable;
  readonly extents: Extents;
  readonly disabled: boolean;
  onChange(source: string): void;
  onRemove(): void;
  onClose(): void;
}

/** One variable in a value: what it is, where it is looked up, and what happens when it is missing or long. */
export function TokenEditor({ variable, extents, disabled, onChange, onRemove, onClose }: Props) {
  const extent = extents.of(variable);
  const most = extent?.most ?? null;
  return (
    <fieldset className="token" aria-label={extents.labelOf(variable)}>
      <p>
        <b>{extents.labelOf(variable)}</b>
        <small>
          {extent === null
            ? t("Nothing in this flow sets it.")
            : most === null
              ? t("Such as “{sample}”; nobody knows how long it can get.", {
                  sample: extent.sample,
                })
              : t("Such as “{sample}”; at most {n} characters.", {
                  sample: extent.sample,
                  n: most,
                })}
        </small>
        {variable.path === null ? null : <code>{variable.path}</code>}
      </p>
      {variable.path === null ? null : (
        <PathFields variable={variable} disabled={disabled} onChange={onChange} />
      )}
      <div className="row">
        {disabled ? null : (
          <Button icon="trash-2" onClick={onRemove}>
            {t("Remove")}
          </Button>
        )}
        <Button icon="check" onClick={onClose}>
          {t("Done")}
        </Button>
      </div>
    </fieldset>
  );
}

function PathFields({
  variable,
  disabled,
  onChange,
}: Pick<Props, "variable" | "disabled" | "onChange">) {
  const id = useId();
  const put = (source: string) => {
    // Half a path is no variable: it is taken when it can be read.
    if (parse(source).length === 1 && typeof parse(source)[0] === "object") onChange(source);
  };
  return (
    <div className="pathf">
      <label htmlFor={`${id}-path`}>{t("Where the value is")}</label>
      <input
        id={`${id}-path`}
        className="in mono"
        key={variable.head}
        defaultValue={variable.head}
        disabled={disabled}
        spellCheck={false}
        autoComplete="off"
        onBlur={(event) => put(moved(variable, event.target.value))}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
      <label htmlFor={`${id}-none`}>{t("When there is none")}</label>
      <input
        id={`${id}-none`}
        className="in"
        value={variable.fallback ?? ""}
        disabled={disabled}
        placeholder={t("The message is refused")}
        onChange={(event) => {
          const text = event.target.value.replace(/["\\]/g, "");
          onChange(pathWith(variable, { fallback: text === "" ? null : text }));
        }}
      />
      <label htmlFor={`${id}-cut`}>{t("Cut after (characters)")}</label>
      <input
        id={`${id}-cut`}
        className="in short"
        inputMode="numeric"
        value={variable.atMost ?? ""}
        disabled={disabled}
        placeholder={t("Never")}
        onChange={(event) => {
          const digits = event.target.value.replace(/\D/g, "").slice(0, 3);
          onChange(pathWith(variable, { atMost: digits === "" ? null : Number(digits) }));
        }}
      />
    </div>
  );
}

/** The same cut and default at another path. */
function moved(variable: Variable, path: string): string {
  const [read] = parse(`\${{ ${path} }}`);
  const chain = typeof read === "object" && read.chain && read.fallback === null;
  return pathWith({ ...variable, head: path.trim(), chain }, {});
}
