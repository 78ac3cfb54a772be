import type { Applet, WireNode } from "../api/types";
import { t } from "../i18n";
import { ENTRY_KINDS, STARTS, startsAt } from "../model/starts";
import { builder, useBuilder } from "../store/builder";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { colourOf } from "../ui/look";
import { Menu, MenuItem } from "../ui/Menu";

interface Props {
  readonly node: WireNode;
  readonly applet: Applet | undefined;
}

export function NodeHeader({ node, applet }: Props) {
  const canEdit = useBuilder((state) => state.canEdit);
  const starts = useBuilder((state) => startsAt(state.graph, node.id).join());
  return (
    <header style={colourOf(applet)}>
      <span className="tile">
        <Icon name={applet?.icon ?? "circle-alert"} />
      </span>
      <div className="grow">
        <input
          className="title"
          aria-label={t("Name of this applet")}
          value={node.name}
          maxLength={80}
          disabled={!canEdit}
          onChange={(event) => builder().renameNode(node.id, event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
        />
        <span className="sub">
          {applet ? t("{label} applet", { label: applet.label }) : node.type}
          {starts ? t(", start of the flow") : ""}
        </span>
      </div>
      <Menu label={t("More")} icon="ellipsis" look="ghost" testId="node-menu">
        {(close) => (
          <NodeActions id={node.id} starts={starts.split(",")} canEdit={canEdit} close={close} />
        )}
      </Menu>
      <Button icon="x" look="ghost" label={t("Close")} onClick={() => builder().select([])} />
    </header>
  );
}

interface ActionsProps {
  readonly id: string;
  readonly starts: readonly string[];
  readonly canEdit: boolean;
  close(): void;
}

function NodeActions({ id, starts, canEdit, close }: ActionsProps) {
  const act = (action: () => void) => () => {
    close();
    action();
  };
  return (
    <>
      {ENTRY_KINDS.map((kind) => (
        <MenuItem
          key={kind}
          icon={STARTS[kind].icon}
          disabled={starts.includes(kind) || !canEdit}
          onClick={act(() => builder().setStart(kind, id))}
        >
          {kind === "inbound_call"
            ? t("Set as start")
            : t("Set as start: {kind}", { kind: t(STARTS[kind].words).toLowerCase() })}
        </MenuItem>
      ))}
      <MenuItem
        icon="copy"
        keys="Ctrl D"
        disabled={!canEdit}
        onClick={act(() => builder().duplicateSelection())}
      >
        {t("Duplicate")}
      </MenuItem>
      <MenuItem icon="clipboard-paste" keys="Ctrl C" onClick={act(() => builder().copySelection())}>
        {t("Copy")}
      </MenuItem>
      <MenuItem
        icon="trash-2"
        keys="Del"
        disabled={!canEdit}
        onClick={act(() => builder().removeSelection())}
      >
        {t("Delete")}
      </MenuItem>
    </>
  );
}
