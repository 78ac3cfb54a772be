import { useMemo } from "react";
import { t, tn } from "../i18n";
import { looseEnds, looseEndsText } from "../model/issues";
import { useBuilder } from "../store/builder";
import { Icon } from "../ui/Icon";
import { clockTime } from "./times";

export function StatusBar({ onShortcuts }: { readonly onShortcuts: () => void }) {
  const graph = useBuilder((state) => state.graph);
  const applets = useBuilder((state) => state.applets);
  const save = useBuilder((state) => state.save);
  const loose = useMemo(() => looseEnds(graph, applets).length, [graph, applets]);
  const nodes = tn("{n} applet", "{n} applets", graph.nodes.length);
  const wires = tn("{n} connection", "{n} connections", graph.connections.length);
  return (
    <footer className="sb">
      <span>
        {nodes}, {wires}
      </span>
      {loose > 0 ? (
        <span className="w">
          <Icon name="triangle-alert" small />
          {looseEndsText(loose)}
        </span>
      ) : null}
      <span className="grow" />
      {save.phase === "saved" && save.at !== null ? (
        <span>{t("Saved {time}", { time: clockTime(save.at) })}</span>
      ) : null}
      <button type="button" className="link" onClick={onShortcuts}>
        <kbd>?</kbd> {t("Shortcuts")}
      </button>
    </footer>
  );
}
