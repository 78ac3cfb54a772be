import { t } from "../i18n";
import { ENTRY_KINDS, STARTS, startsAt } from "../model/starts";
import { builder, useBuilder } from "../store/builder";
import { Icon } from "../ui/Icon";

/** What begins at this node. Each kind begins at one node at most. */
export function Starts({ id }: { readonly id: string }) {
  const graph = useBuilder((state) => state.graph);
  const canEdit = useBuilder((state) => state.canEdit);
  const here = startsAt(graph, id);
  return (
    <fieldset className="startlist">
      <legend className="sec">{t("Starts here")}</legend>
      {ENTRY_KINDS.map((kind) => (
        <label className="tog" key={kind}>
          <Icon name={STARTS[kind].icon} small />
          <span className="grow">{t(STARTS[kind].words)}</span>
          <input
            type="checkbox"
            role="switch"
            data-testid={`start-${kind}`}
            checked={here.includes(kind)}
            aria-checked={here.includes(kind)}
            disabled={!canEdit}
            onChange={(event) => builder().setStart(kind, event.target.checked ? id : null)}
          />
        </label>
      ))}
    </fieldset>
  );
}
