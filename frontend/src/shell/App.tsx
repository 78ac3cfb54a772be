import { ReactFlowProvider } from "@xyflow/react";
import { lazy, Suspense, useMemo, useState } from "react";
import { Canvas } from "../canvas/Canvas";
import { t } from "../i18n";
import { AddDialog } from "../palette/AddDialog";
import { Palette } from "../palette/Palette";
import { Panel } from "../panel/Panel";
import { Simulator } from "../simulator/Simulator";
import { builder, useBuilder } from "../store/builder";
import { isNarrow } from "../ui/look";
import { NoticeBar } from "../ui/NoticeBar";
import { Dock } from "./Dock";
import { PublishDialog } from "./PublishDialog";
import { RestoreDialog } from "./RestoreDialog";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { StatusBar } from "./StatusBar";
import { TopBar } from "./TopBar";
import { useKeys } from "./useKeys";

const ConflictDialog = lazy(() =>
  import("./ConflictDialog").then((part) => ({ default: part.ConflictDialog })),
);

type Opened = "publish" | "shortcuts" | "add" | null;

export function App() {
  return (
    <ReactFlowProvider>
      <Builder />
      <NoticeBar />
    </ReactFlowProvider>
  );
}

function Builder() {
  const [opened, setOpened] = useState<Opened>(null);
  const offer = useBuilder((state) => state.offer);
  const canEdit = useBuilder((state) => state.canEdit);
  const inConflict = useBuilder((state) => state.save.phase === "conflict");
  const simulatorOpen = useBuilder((state) => state.simulatorOpen);
  const panelShown = useBuilder((state) => state.selection.length > 0 && state.panelOpen);
  const commands = useMemo(
    () => ({
      find: () => (isNarrow() ? setOpened("add") : focusSearch()),
      testCall: () => builder().canEdit && builder().openSimulator(),
      publish: () => builder().canPublish && setOpened("publish"),
      shortcuts: () => setOpened("shortcuts"),
    }),
    [],
  );
  useKeys(commands);
  const close = () => {
    setOpened(null);
    builder().offerApplets(null);
  };
  const sheet = simulatorOpen || panelShown;
  return (
    <div className={["b", sheet && "sheet-up", !canEdit && "look"].filter(Boolean).join(" ")}>
      <a className="skip" href="#panel-body">
        {t("Skip to the properties")}
      </a>
      <TopBar onTestCall={commands.testCall} onPublish={commands.publish} />
      {canEdit ? <Palette /> : null}
      <Canvas />
      {simulatorOpen ? <Simulator /> : <Panel />}
      <Dock onAdd={() => setOpened("add")} />
      <StatusBar onShortcuts={commands.shortcuts} />
      {opened === "publish" ? <PublishDialog onClose={close} /> : null}
      {opened === "shortcuts" ? <ShortcutsDialog onClose={close} /> : null}
      {opened === "add" || offer ? <AddDialog onClose={close} /> : null}
      {inConflict ? (
        <Suspense>
          <ConflictDialog />
        </Suspense>
      ) : null}
      <RestoreDialog />
    </div>
  );
}

function focusSearch(): void {
  const search = document.querySelector<HTMLInputElement>(".pal [data-palette-search]");
  search?.focus();
  search?.select();
}
