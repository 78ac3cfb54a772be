/** Settings being edited in the panel: they touch the graph only when they are applied. */
import type { Settings } from "../api/types";
import { t, tn } from "../i18n";
import { checkSettings } from "../model/checks";
import { setSettings } from "../model/edits";
import { sameSettings } from "../model/same";
import { fieldsOf } from "../model/schema";
import type { Builder, GetBuilder, SetBuilder } from "./builder";

export interface FormSlice {
  /** Present only while something differs from the node's settings. */
  readonly form: { readonly node: string; readonly values: Settings } | null;
  changeSettings(node: string, change: Settings): void;
  /** Commit as one step of history. `moved`: the user went elsewhere, so say that it happened. */
  applyForm(why?: "asked" | "moved"): void;
  revertForm(): void;
}

export function createFormSlice(set: SetBuilder, get: GetBuilder): FormSlice {
  return {
    form: null,

    changeSettings: (id, change) => {
      const node = get().graph.nodes.find((candidate) => candidate.id === id);
      if (!node || !get().canEdit) return;
      const { form } = get();
      const values = { ...(form?.node === id ? form.values : node.settings), ...change };
      set({ form: sameSettings(values, node.settings) ? null : { node: id, values } });
    },

    applyForm: (why = "asked") => {
      const { form, graph, applets } = get();
      const node = graph.nodes.find((candidate) => candidate.id === form?.node);
      set({ form: null, fresh: null });
      if (!form || !node) return;
      const before = graph.connections.length;
      get().edit((now) => setSettings(now, form.node, form.values, applets.get(node.type)));
      const lost = before - get().graph.connections.length;
      get().notify(appliedText(get(), form.node, why, lost), "mute");
    },

    revertForm: () => {
      if (!get().form) return;
      set({ form: null });
      get().announce(t("Changes reverted."));
    },
  };
}

function appliedText({ graph, applets }: Builder, id: string, why: string, lost: number): string {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const applet = node && applets.get(node.type);
  const problems = applet ? Object.keys(checkSettings(fieldsOf(applet), node.settings)).length : 0;
  const name = node?.name ?? "";
  const parts = [
    why === "moved"
      ? t("Your changes to {name} were applied.", { name })
      : t("{name} applied.", { name }),
  ];
  if (problems > 0) {
    parts.push(
      tn("{n} field still needs attention.", "{n} fields still need attention.", problems),
    );
  }
  if (lost > 0) {
    parts.push(tn("{n} connection lost its output.", "{n} connections lost their outputs.", lost));
  }
  return parts.join(" ");
}

/** What the panel shows for a node: the edited values, else the stored ones. */
export function settingsOf({ form, graph }: Builder, id: string): Settings {
  if (form?.node === id) return form.values;
  return graph.nodes.find((node) => node.id === id)?.settings ?? {};
}
