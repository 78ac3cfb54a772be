import { useEffect, useMemo, useState } from "react";
import { ApiError } from "../api/client";
import { checkBody, type Verdict } from "../api/dlt";
import { t, tn } from "../i18n";
import { type Sampled, sampled, unsampled } from "../model/compose";
import type { Extents } from "../model/extents";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { Spot } from "./Spot";

interface Props {
  readonly templateId: string;
  readonly approved: boolean;
  readonly body: string;
  readonly extents: Extents;
  readonly disabled: boolean;
  onRepair(body: string): void;
}

type Result =
  | { readonly state: "idle" }
  | { readonly state: "checking" }
  | { readonly state: "unavailable"; readonly reason: string }
  | { readonly state: "done"; readonly verdict: Verdict; readonly stale: boolean };

const QUIET_MS = 350;

/** Says, while somebody types, whether the operators will let the message through. */
export function DltVerdict({ templateId, approved, body, extents, disabled, onRepair }: Props) {
  const filled = useMemo(() => sampled(body, extents), [body, extents]);
  const result = useVerdict(templateId, filled);
  if (result.state === "idle") return null;
  if (result.state === "checking") {
    return (
      <div className="match quiet" role="status">
        <Icon name="loader-circle" />
        <span>{t("Comparing with the template…")}</span>
      </div>
    );
  }
  if (result.state === "unavailable") {
    return (
      <div className="match quiet" role="status">
        <Icon name="cloud-off" />
        <span>{t("Not compared with the template: {reason}", { reason: result.reason })}</span>
      </div>
    );
  }
  const { verdict, stale } = result;
  const repaired = verdict.suggestion ? unsampled(verdict.suggestion, filled) : null;
  return verdict.match ? (
    <div className={stale ? "match stale" : "match"} role="status" data-testid="dlt-match">
      <Icon name="circle-check" />
      <span>
        <b>{approved ? t("Matches the approved template") : t("Matches the template")}</b>
        {tn("{n} variable filled.", "{n} variables filled.", verdict.variables.length)}
      </span>
    </div>
  ) : (
    <div
      className={stale ? "match bad stale" : "match bad"}
      role="status"
      data-testid="dlt-mismatch"
    >
      <Icon name="circle-x" />
      <div className="grow">
        <b>{t("Operators would refuse this message")}</b>
        <ul>
          {verdict.problems.map((problem) => (
            <li key={`${problem.code}${problem.position ?? ""}${problem.message}`}>
              {problem.message}
              <Spot text={filled.text} flaw={problem} />
            </li>
          ))}
        </ul>
        {repaired ? (
          <>
            <blockquote className="tpl">{repaired}</blockquote>
            <Button
              icon="wand-sparkles"
              testId="use-repaired"
              disabled={disabled}
              onClick={() => onRepair(repaired)}
            >
              {t("Use the repaired text")}
            </Button>
          </>
        ) : null}
      </div>
    </div>
  );
}

function useVerdict(templateId: string, { text }: Sampled): Result {
  const [result, setResult] = useState<Result>({ state: "idle" });
  useEffect(() => {
    if (templateId === "" || text.trim() === "") return setResult({ state: "idle" });
    let wanted = true;
    setResult((before) =>
      before.state === "done" ? { ...before, stale: true } : { state: "checking" },
    );
    const timer = window.setTimeout(() => {
      checkBody(templateId, text).then(
        (verdict) => wanted && setResult({ state: "done", verdict, stale: false }),
        (error: unknown) => wanted && setResult({ state: "unavailable", reason: why(error) }),
      );
    }, QUIET_MS);
    return () => {
      wanted = false;
      window.clearTimeout(timer);
    };
  }, [templateId, text]);
  return result;
}

function why(error: unknown): string {
  return error instanceof ApiError ? error.message : t("the server does not answer.");
}
