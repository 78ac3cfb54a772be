import { useEffect } from "react";
import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { Button } from "./Button";
import { Icon } from "./Icon";

const SHOWN_MS = 6000;
const ICONS = { ok: "circle-check", bad: "circle-alert", mute: "info" } as const;

/** The notice of the moment, and the live region in which everything is also said. */
export function NoticeBar() {
  const notice = useBuilder((state) => state.notice);
  const spoken = useBuilder((state) => state.spoken);

  useEffect(() => {
    if (!notice) return;
    const timer = window.setTimeout(() => builder().dismiss(notice.id), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [notice]);

  return (
    <>
      <div className="vh" role="status" aria-live="polite">
        {spoken}
      </div>
      <div className="toasts" role="status" aria-live="polite">
        {notice ? (
          <div className={`toast ${notice.tone}`} data-testid="toast" key={notice.id}>
            <Icon name={ICONS[notice.tone]} />
            <span className="grow">{notice.text}</span>
            {notice.action ? (
              <button
                type="button"
                className="link"
                onClick={() => {
                  notice.action?.run();
                  builder().dismiss(notice.id);
                }}
              >
                {notice.action.label}
              </button>
            ) : null}
            <Button
              icon="x"
              look="ghost"
              label={t("Dismiss")}
              onClick={() => builder().dismiss(notice.id)}
            />
          </div>
        ) : null}
      </div>
    </>
  );
}
