import { t } from "../../i18n";
import type { Remote } from "../useRemote";

/** What a registry list says when it has nothing to offer. */
export function RegistryStatus({ result }: { readonly result: Remote<unknown> }) {
  if (result.state === "loading") return <>{t("Looking in the DLT registry…")}</>;
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
  active: "ok",
  rejected: "bad",
  blocked: "bad",
  blacklisted: "bad",
  suspended: "bad",
  expired: "bad",
};

/** The state of a registration, in a word and a colour. */
export function StateBadge({ state }: { readonly state: string }) {
  return <span className={`badge ${TONES[state] ?? "warn"}`}>{wordFor(state)}</span>;
}

/** A word of the registry as a person reads it. */
export function wordFor(state: string): string {
  const word = state.replaceAll("_", " ");
  return t(word.charAt(0).toUpperCase() + word.slice(1));
}
