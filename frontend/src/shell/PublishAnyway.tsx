import { useState } from "react";
import { t, tn } from "../i18n";
import { useBuilder } from "../store/builder";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";

const FEWEST_WORDS = 3;
const LONGEST_REASON = 300;

interface Props {
  /** How many messages would be refused, and how many saved tests fail. */
  readonly messages: number;
  readonly tests: number;
  readonly ready: boolean;
  onPublish(reason: string): void;
}

/** The way round the registries: for admins, with a reason. Others are told whom to ask. */
export function PublishAnyway({ messages, tests, ready, onPublish }: Props) {
  const canOverride = useBuilder((state) => state.canOverride);
  const admins = useBuilder((state) => state.admins);
  const [reason, setReason] = useState("");
  const enough = reason.trim().split(/\s+/).filter(Boolean).length >= FEWEST_WORDS;
  if (!canOverride) {
    return (
      <p className="note" data-testid="ask-an-admin">
        <Icon name="lock" small />
        {t(
          "Mend this first. If it has to go live as it is, ask an admin: {who} may publish anyway.",
          {
            who: admins,
          },
        )}
      </p>
    );
  }
  return (
    <details className="anyway" data-testid="publish-anyway">
      <summary>{t("Publish anyway")}</summary>
      {messages > 0 ? (
        <p className="note warn">
          <Icon name="triangle-alert" small />
          <span>
            {tn(
              "This message will be refused when calls run; the calls go on without it.",
              "These messages will be refused when calls run; the calls go on without them.",
              messages,
            )}
          </span>
        </p>
      ) : null}
      {tests > 0 ? (
        <p className="note warn">
          <Icon name="triangle-alert" small />
          <span>{t("Calls will not go as the failing tests expect.")}</span>
        </p>
      ) : null}
      <div className="field">
        <label className="lbl" htmlFor="override-reason">
          <span>{t("Why it is published all the same")}</span>
        </label>
        <textarea
          id="override-reason"
          className="in"
          rows={2}
          maxLength={LONGEST_REASON}
          aria-describedby="override-help"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className="help" id="override-help">
          {t(
            "Three words or more. Your name and the reason stay with this version for all to see.",
          )}
        </p>
      </div>
      <Button
        look="danger"
        testId="override-confirm"
        disabled={!ready || !enough}
        onClick={() => onPublish(reason.trim())}
      >
        {tn("Publish despite {n} problem", "Publish despite {n} problems", messages + tests)}
      </Button>
    </details>
  );
}
