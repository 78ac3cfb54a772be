import { t } from "../../i18n";
import { FieldFrame } from "./FieldFrame";
import type { FieldProps } from "./field";

/** In place of a field whose part of the program did not arrive: a lost connection, or a new release. */
export function NotLoaded(props: FieldProps) {
  return (
    <FieldFrame {...props} group>
      <p className="note bad">
        {t("This field could not be loaded.")}{" "}
        <button type="button" className="link" onClick={() => window.location.reload()}>
          {t("Load the page again")}
        </button>
      </p>
    </FieldFrame>
  );
}
