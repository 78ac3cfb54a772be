import { type KeyboardEvent, useRef } from "react";
import { t } from "../i18n";
import { builder, useBuilder } from "../store/builder";
import type { PanelTab } from "../store/selection_slice";
import { NodeHeader } from "./NodeHeader";
import { Notes } from "./Notes";
import { Outputs } from "./Outputs";
import { SettingsForm } from "./SettingsForm";

/** Everything about one node: its settings, where it leads, and notes to colleagues. */
export function NodePanel({ id }: { readonly id: string }) {
  const node = useBuilder((state) => state.graph.nodes.find((candidate) => candidate.id === id));
  const applet = useBuilder((state) => (node ? state.applets.get(node.type) : undefined));
  const tab = useBuilder((state) => state.tab);
  const dirty = useBuilder((state) => state.form?.node === id);
  const canEdit = useBuilder((state) => state.canEdit);
  if (!node) return null;
  return (
    <>
      <NodeHeader node={node} applet={applet} />
      <Tabs tab={tab} dirty={dirty} />
      <div className="bd" role="tabpanel" id="panel-body" aria-labelledby={`tab-${tab}`}>
        {tab === "settings" ? <SettingsForm node={node} applet={applet} /> : null}
        {tab === "outputs" ? <Outputs node={node} applet={applet} /> : null}
        {tab === "notes" ? <Notes id={id} /> : null}
      </div>
      {tab === "settings" && canEdit ? <ApplyBar dirty={dirty} /> : null}
    </>
  );
}

function ApplyBar({ dirty }: { readonly dirty: boolean }) {
  return (
    <footer>
      <button
        type="button"
        className="btn primary"
        data-testid="apply"
        disabled={!dirty}
        onClick={() => builder().applyForm()}
      >
        {t("Apply")}
      </button>
      <button
        type="button"
        className="btn"
        data-testid="revert"
        disabled={!dirty}
        onClick={() => builder().revertForm()}
      >
        {t("Revert")}
      </button>
    </footer>
  );
}

const TABS: readonly PanelTab[] = ["settings", "outputs", "notes"];

function Tabs({ tab, dirty }: { readonly tab: PanelTab; readonly dirty: boolean }) {
  const list = useRef<HTMLDivElement>(null);
  const names = { settings: t("Settings"), outputs: t("Outputs"), notes: t("Notes") };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    if (step === 0 || !next) return;
    event.preventDefault();
    builder().showTab(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div
      className="tabs"
      role="tablist"
      aria-label={t("Properties")}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          data-testid={`tab-${name}`}
          aria-selected={name === tab}
          aria-controls="panel-body"
          tabIndex={name === tab ? 0 : -1}
          onClick={() => builder().showTab(name)}
        >
          {names[name]}
          {name === "settings" && dirty ? (
            <i className="dot" role="img" aria-label={t("Not applied yet")} />
          ) : null}
        </button>
      ))}
    </div>
  );
}
