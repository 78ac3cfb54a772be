import { t } from "../../i18n";
import type { RegistryState } from "../useRegistry";

/** What a registry list says when it has nothing to offer. */
export function RegistryStatus({ result }: { readonly result: RegistryState }) {
  if (result.state === "loading") return <>{t("Loading the DLT registry…")}</>;
  if (result.state === "ready")
    return <>{t("Nothing in the DLT registry fits. You may type it in.")}</>;
  return (
    <>
      {t("The DLT registry could not be read.")}{" "}
      <button type="button" className="link" onClick={result.retry}>
        {t("Try again")}
      </button>
    </>
  );
}

const TONES: Readonly<Record<string, string>> = {
  approved: "ok",
  rejected: "bad",
  blocked: "bad",
  expired: "bad",
};

/** The state of a registration, in a word and a colour. */
export function StateBadge({ state }: { readonly state: string }) {
  const word = state.replaceAll("_", " ");
  return (
    <span className={`badge ${TONES[state] ?? "warn"}`}>
      {t(word.charAt(0).toUpperCase() + word.slice(1))}
    </span>
  );
}
