import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import { ApiError } from "../api/client";
import type { Issue, LiveVersion } from "../api/types";
import { t, tn } from "../i18n";
import { saveNow } from "../store/autosave";
import { builder, useBuilder } from "../store/builder";
import { reasonOf } from "../store/flow_slice";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { IssueList, useIssues } from "./IssuesMenu";
import { PublishAnyway } from "./PublishAnyway";

const PublishTests = lazy<ComponentType<{ onRun(failed: number): void }>>(() =>
  import("./PublishTests").then(
    (part) => ({ default: part.PublishTests }),
    () => ({ default: () => null }),
  ),
);

/** An issue of the server's that is about a saved test. */
const FAILED = "flows.test_failed";

const ChangesSince = lazy<ComponentType<{ live: LiveVersion }>>(() =>
  import("./ChangesSince").then(
    (part) => ({ default: part.ChangesSince }),
    () => ({ default: () => null }),
  ),
);

/** Makes the draft the version that callers reach; what stands in the way leads to its place. */
export function PublishDialog({ onClose }: { readonly onClose: () => void }) {
  const issues = useIssues();
  const live = useBuilder((state) => state.live);
  const draftDiffers = useBuilder((state) => state.draftDiffers);
  const [note, setNote] = useState("");
  const [state, setState] = useState<"saving" | "ready" | "publishing">("saving");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [ran, setRan] = useState<number | null>(null);
  const errors = issues.filter((issue) => issue.severity === "error" && issue.code !== FAILED);
  const failing = ran ?? issues.filter((issue) => issue.code === FAILED).length;
  const hard = errors.filter((issue) => !issue.overridable);
  const dlt = errors.filter((issue) => issue.overridable);
  const isNew = !live || draftDiffers;
  const warnings = issues.filter((issue) => issue.severity === "warning");

  useEffect(() => {
    if (builder().form) builder().applyForm("moved");
    saveNow().then((saved) => {
      setState("ready");
      if (!saved) setRefusal(t("The draft could not be saved, so it cannot be published yet."));
    });
  }, []);

  const publish = async (reason?: string) => {
    setState("publishing");
    setRefusal(null);
    try {
      await builder().publish(note.trim(), reason);
      onClose();
    } catch (error) {
      setState("ready");
      setRefusal(reasonOf(error));
      adoptIssues(error);
    }
  };

  return (
    <Dialog
      title={live ? t("Publish version {n}", { n: live.number + 1 }) : t("Publish this flow")}
      onClose={onClose}
      footer={
        <>
          <button type="button" className="btn" onClick={onClose}>
            {t("Cancel")}
          </button>
          <button
            type="button"
            className="btn primary"
            data-testid="publish-confirm"
            disabled={state !== "ready" || errors.length > 0 || failing > 0}
            onClick={() => void publish()}
          >
            {state === "publishing" ? t("Publishing…") : t("Publish")}
          </button>
        </>
      }
    >
      <p className="lead">
        {live
          ? t(
              "New calls run the new version. Calls going on finish with the version they began with.",
            )
          : t("From now on, calls to the flow’s numbers run this version.")}
      </p>
      {live && !draftDiffers ? (
        <p className="note">{t("The draft is the same as the live version.")}</p>
      ) : null}
      {live && draftDiffers && state === "ready" ? (
        <Suspense>
          <ChangesSince live={live} />
        </Suspense>
      ) : null}
      {refusal ? (
        <p className="note bad" role="alert">
          <Icon name="circle-alert" small />
          {refusal}
        </p>
      ) : null}
      <Listed
        title={tn("{n} error must be mended first", "{n} errors must be mended first", hard.length)}
        issues={hard}
        onJump={onClose}
      />
      <Listed
        title={tn(
          "{n} DLT problem: the message would be refused",
          "{n} DLT problems: the messages would be refused",
          dlt.length,
        )}
        issues={dlt}
        onJump={onClose}
      />
      {state === "saving" ? null : (
        <Suspense>
          <PublishTests onRun={setRan} />
        </Suspense>
      )}
      <Listed
        title={tn("{n} warning", "{n} warnings", warnings.length)}
        issues={warnings}
        onJump={onClose}
      />
      <div className="field">
        <label className="lbl" htmlFor="publish-note">
          <span>
            {t("What changed")} <em>{t("(optional)")}</em>
          </span>
        </label>
        <textarea
          id="publish-note"
          className="in"
          rows={2}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {dlt.length + failing > 0 && hard.length === 0 && isNew ? (
        <PublishAnyway
          messages={dlt.length}
          tests={failing}
          ready={state === "ready"}
          onPublish={(reason) => void publish(reason)}
        />
      ) : null}
    </Dialog>
  );
}

interface ListedProps {
  readonly title: string;
  readonly issues: readonly Issue[];
  onJump(): void;
}

function Listed({ title, issues, onJump }: ListedProps) {
  if (issues.length === 0) return null;
  return (
    <section className="listed">
      <h3 className="sec">{title}</h3>
      <IssueList issues={issues} onJump={onJump} />
    </section>
  );
}

/** The server refused with its own list: that is the truth now. */
function adoptIssues(error: unknown): void {
  const issues = error instanceof ApiError ? error.context.issues : undefined;
  if (!Array.isArray(issues)) return;
  useBuilder.setState({ checked: { issues: issues as Issue[], graph: builder().graph } });
}
