/** What the server merged, put on the canvas: loaded when two windows changed one draft. */
import type { SavedDraft, WireGraph } from "../api/types";
import { t } from "../i18n";
import { rebase, withIds } from "../model/rebase";
import { fromWire } from "../model/wire";
import { builder, useBuilder } from "./builder";
import { freshSave } from "./save_slice";

/**
 * Take over the merged draft. `sent` is what was saved; edits made since then stay on top of it, and so does
 * every step of the history: Undo takes back one's own steps, never those of others.
 */
export function adopt(sent: WireGraph, answer: SavedDraft): void {
  if (!answer.graph) return;
  const merged = fromWire(answer.graph);
  const ids = answer.renamed ?? {};
  const base = withIds(sent, ids);
  const follow = (graph: WireGraph) =>
    graph === sent ? merged : rebase(withIds(graph, ids), base, merged);
  const { graph, history, selection } = builder();
  useBuilder.setState({
    graph: follow(graph),
    history: {
      ...history,
      past: history.past.map(follow),
      future: history.future.map(follow),
    },
    selection: selection.map((id) => ids[id] ?? id),
    save: freshSave(merged, answer.hash, Date.now()),
    draftDiffers: answer.draft_differs ?? true,
  });
  builder().forgetMissing();
  const by = answer.merged_with || t("someone else");
  builder().notify(t("{by} changed this flow too. Both changes are in the draft.", { by }), "ok");
}
