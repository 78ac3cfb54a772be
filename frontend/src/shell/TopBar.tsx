import { t } from "../i18n";
import { saveNow } from "../store/autosave";
import { builder, useBuilder } from "../store/builder";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { FlowName } from "./FlowName";
import { IssuesMenu } from "./IssuesMenu";
import { LiveState } from "./LiveState";
import { SaveText } from "./SaveText";

interface Props {
  onTestCall(): void;
  onPublish(): void;
}

export function TopBar({ onTestCall, onPublish }: Props) {
  const backUrl = useBuilder((state) => state.backUrl);
  const canEdit = useBuilder((state) => state.canEdit);
  const canPublish = useBuilder((state) => state.canPublish);
  return (
    <header className="bt">
      <a
        className="btn icon ghost"
        href={backUrl}
        aria-label={t("Back to the flows")}
        title={t("Back to the flows")}
        onClick={keepAll}
      >
        <Icon name="arrow-left" />
      </a>
      <div className="name">
        <FlowName />
        <SaveText className="sub" />
      </div>
      <LiveState />
      <Versions />
      <span className="grow" />
      {canEdit ? <History /> : null}
      <IssuesMenu />
      {canEdit ? <Actions {...{ canPublish, onTestCall, onPublish }} /> : null}
    </header>
  );
}

function Actions({ canPublish, onTestCall, onPublish }: Props & { readonly canPublish: boolean }) {
  return (
    <>
      <span className="sep" aria-hidden="true" />
      <button type="button" className="btn test" data-testid="test-call" onClick={onTestCall}>
        <Icon name="play" />
        <span>{t("Test call")}</span>
      </button>
      <button
        type="button"
        className="btn primary"
        data-testid="publish"
        disabled={!canPublish}
        onClick={onPublish}
      >
        {t("Publish")}
      </button>
    </>
  );
}

/** On the way to another page. */
function keepAll(): void {
  if (builder().form) builder().applyForm("moved");
  void saveNow();
}

function Versions() {
  const flowId = useBuilder((state) => state.flowId);
  return (
    <a
      className="btn icon ghost versions"
      href={`/flows/${encodeURIComponent(flowId)}/versions/`}
      aria-label={t("Versions")}
      title={t("Versions")}
      onClick={keepAll}
    >
      <Icon name="history" />
    </a>
  );
}

function History() {
  const canUndo = useBuilder((state) => state.history.past.length > 0 || state.form !== null);
  const canRedo = useBuilder((state) => state.history.future.length > 0);
  return (
    <div className="group hist">
      <Button
        icon="undo-2"
        label={t("Undo")}
        testId="undo"
        disabled={!canUndo}
        onClick={() => builder().undo()}
      />
      <Button
        icon="redo-2"
        label={t("Redo")}
        testId="redo"
        disabled={!canRedo}
        onClick={() => builder().redo()}
      />
    </div>
  );
}
