import { t } from "../i18n";
import { useBuilder } from "../store/builder";
import { NodePanel } from "./NodePanel";
import { Overview } from "./Overview";
import { SelectionPanel } from "./SelectionPanel";

/** Beside the canvas: the properties of what is selected. */
export function Panel() {
  const selection = useBuilder((state) => state.selection);
  const open = useBuilder((state) => state.panelOpen);
  const [only] = selection;
  const shown = selection.length > 0 && open;
  return (
    <aside className={shown ? "pp" : "pp rest"} aria-label={t("Properties")}>
      <span className="grab" aria-hidden="true" />
      {!shown ? <Overview /> : null}
      {shown && selection.length === 1 && only !== undefined ? (
        <NodePanel key={only} id={only} />
      ) : null}
      {shown && selection.length > 1 ? <SelectionPanel count={selection.length} /> : null}
    </aside>
  );
}
