import type { ReactNode } from "react";
import { t } from "../../i18n";
import { Icon } from "../../ui/Icon";
import type { FieldProps } from "./field";

interface Props extends Pick<FieldProps, "field" | "id" | "error"> {
  /** A group of controls is named by a plain text, a single control by a label. */
  readonly group?: boolean;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Label above, help and error below: the same around every field. */
export function FieldFrame({ field, id, error, group = false, aside, children }: Props) {
  const name = (
    <>
      <span>
        {field.title}
        {field.optional ? <em> {t("(optional)")}</em> : null}
      </span>
      {aside ? <em>{aside}</em> : null}
    </>
  );
  return (
    <div className={error ? "field wrong" : "field"} data-setting={field.key}>
      {group ? (
        <div className="lbl" id={`${id}-label`}>
          {name}
        </div>
      ) : (
        <label className="lbl" htmlFor={id}>
          {name}
        </label>
      )}
      {children}
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
