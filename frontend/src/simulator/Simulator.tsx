import { type ComponentType, lazy, Suspense, useEffect, useRef } from "react";
import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import { NO_CALL } from "../store/simulation_slice";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { CallForm } from "./CallForm";
import { Controls } from "./Controls";
import { Handset } from "./Handset";
import { useMessageUpdates } from "./message_updates";
import { hangUp } from "./phone";
import { Steps } from "./Steps";
import { hush } from "./speech";
import { Transcript } from "./Transcript";

/** Not needed to make a call; without it, the drawer is as it was. */
const SavedTests = lazy<ComponentType>(() =>
  import("./SavedTests").then(
    (part) => ({ default: part.SavedTests }),
    () => ({ default: () => null }),
  ),
);

/** The drawer of the simulated phone. */
export function Simulator() {
  const stage = useBuilder((state) => state.simulation.stage);
  const error = useBuilder((state) => state.simulation.error);
  const muted = useBuilder((state) => state.muted);
  const drawer = useRef<HTMLElement>(null);
  useMessageUpdates();
  useEffect(() => {
    drawer.current?.querySelector<HTMLElement>("[data-testid=call]")?.focus();
  }, []);

  return (
    <aside className="pp sim" aria-label={t("Test call")} ref={drawer}>
      <span className="grab" aria-hidden="true" />
      <header>
        <span className="tile">
          <Icon name="smartphone" />
        </span>
        <div className="grow">
          <h2>{t("Test call")}</h2>
          <span className="sub">{t("Simulated phone: nothing reaches a real carrier")}</span>
        </div>
        <Button
          icon={muted ? "volume-x" : "volume-2"}
          look="ghost"
          label={muted ? t("Speak aloud") : t("Mute")}
          testId="mute"
          aria-pressed={muted}
          onClick={() => {
            hush();
            useBuilder.setState({ muted: !muted });
          }}
        />
        <Button icon="x" look="ghost" label={t("Close")} onClick={close} />
      </header>
      <div className="bd">
        {stage === "idle" || stage === "starting" ? <CallForm /> : null}
        {error ? (
          <p className="note bad" role="alert">
            <Icon name="circle-alert" small />
            {error}
          </p>
        ) : null}
        <Transcript />
        <Handset />
        <Steps />
        <Suspense>
          <SavedTests />
        </Suspense>
      </div>
      <Controls />
    </aside>
  );
}

function close(): void {
  hush();
  void hangUp();
  builder().clearTrace();
  useBuilder.setState({ simulatorOpen: false, simulation: NO_CALL, coverage: null });
}
