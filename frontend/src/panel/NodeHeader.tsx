import type { Applet, WireNode } from "../api/types";
import { t } from "../i18n";
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
  const isStart = useBuilder((state) => state.graph.entry === node.id);
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
          {isStart ? t(", start of the flow") : ""}
        </span>
      </div>
      <Menu label={t("More")} icon="ellipsis" look="ghost" testId="node-menu">
        {(close) => <NodeActions id={node.id} isStart={isStart} canEdit={canEdit} close={close} />}
      </Menu>
      <Button icon="x" look="ghost" label={t("Close")} onClick={() => builder().select([])} />
    </header>
  );
}

interface ActionsProps {
  readonly id: string;
  readonly isStart: boolean;
  readonly canEdit: boolean;
  close(): void;
}

function NodeActions({ id, isStart, canEdit, close }: ActionsProps) {
  const act = (action: () => void) => () => {
    close();
    action();
  };
  return (
    <>
      <MenuItem
        icon="phone-incoming"
        disabled={isStart || !canEdit}
        onClick={act(() => builder().setStart(id))}
      >
        {t("Set as start")}
      </MenuItem>
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
