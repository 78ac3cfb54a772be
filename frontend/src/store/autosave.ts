/** Keeps the server's draft up to date: soon after each edit, again when it failed, never silently. */
import { ApiError, isSignedOut } from "../api/client";
import { readFlow, saveDraft } from "../api/flows";
import type { Conflict, Merging, WireGraph } from "../api/types";
import { t } from "../i18n";
import { fromWire, toWire } from "../model/wire";
import { builder, useBuilder } from "./builder";
import { forgetCopy, keepCopy } from "./crash_copy";
import { reasonOf } from "./flow_slice";
import { freshSave, type Theirs } from "./save_slice";

const QUIET_MS = 800;
const FIRST_RETRY_MS = 1500;
const LONGEST_RETRY_MS = 30_000;

let timer = 0;
let failures = 0;
let running: Promise<boolean> | null = null;

export const isUnsaved = () => builder().graph !== builder().save.graph || builder().form !== null;

export function startAutosave(): void {
  useBuilder.subscribe((state, before) => {
    if (state.graph === before.graph || state.graph === state.save.graph) return;
    keepCopy(state.flowId, state.graph, state.save);
    if (state.save.phase === "conflict") return;
    if (state.save.phase === "saved") state.setSave({ phase: "waiting" });
    schedule(QUIET_MS);
  });
  window.addEventListener("online", () => void saveNow());
  window.addEventListener("focus", () => builder().save.phase === "signed_out" && void saveNow());
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
}

function schedule(delay: number): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void saveNow(), delay);
}

/** Save what there is. Answers whether the server now has everything. */
export async function saveNow(): Promise<boolean> {
  window.clearTimeout(timer);
  if (running) await running;
  const { graph, save, canEdit } = builder();
  if (graph === save.graph) return true;
  if (!canEdit || save.phase === "conflict") return false;
  running = attempt(graph);
  const saved = await running;
  running = null;
  return saved;
}

async function attempt(graph: WireGraph): Promise<boolean> {
  const { flowId, save, setSave } = builder();
  setSave({ phase: "saving" });
  try {
    const answer = await saveDraft(flowId, toWire(graph), save.hash);
    failures = 0;
    settle(graph, answer.hash);
    useBuilder.setState({ checked: { issues: answer.issues, graph } });
    return builder().graph === graph;
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return merge();
    handleFailure(error);
    return false;
  }
}

/** Somebody saved in between: send along what this window began from, so that the server merges. */
async function merge(chosen: Omit<Merging, "base"> = {}): Promise<boolean> {
  if (builder().form) builder().applyForm("moved");
  const { flowId, graph, save } = builder();
  try {
    const merging = { base: toWire(save.graph), ...chosen };
    const answer = await saveDraft(flowId, toWire(graph), save.hash, merging);
    failures = 0;
    if (answer.graph) (await import("./merging")).adopt(graph, answer);
    const stored = answer.graph ? builder().save.graph : graph;
    settle(stored, answer.hash);
    useBuilder.setState({ checked: { issues: answer.issues, graph: stored } });
    return builder().graph === stored;
  } catch (error) {
    handleFailure(error);
    return false;
  }
}

/** Save with what was chosen where both sides changed the same. */
export async function resolve(choices: NonNullable<Merging["choices"]>): Promise<boolean> {
  running = merge({ theirs_hash: builder().save.theirs?.hash ?? "", choices });
  const saved = await running;
  running = null;
  return saved;
}

function settle(graph: WireGraph, hash: string): void {
  const { setSave, flowId } = builder();
  const complete = builder().graph === graph;
  setSave({ ...freshSave(graph, hash, Date.now()), phase: complete ? "saved" : "waiting" });
  if (complete) forgetCopy(flowId);
  else schedule(QUIET_MS);
}

function handleFailure(error: unknown): void {
  const { setSave, announce, notify } = builder();
  if (error instanceof ApiError && error.status === 409) {
    setSave({ phase: "conflict", theirs: theirsOf(error) });
  } else if (isSignedOut(error)) {
    setSave({ phase: "signed_out" });
    const signIn = () => void window.open("/sign-in/", "_blank", "noopener");
    const said = t("You are signed out. What you draw is kept here and saved once you are back.");
    notify(said, "bad", { label: t("Sign in"), run: signIn });
  } else if (error instanceof ApiError && error.status < 500 && error.status !== 429) {
    setSave({ phase: "refused", reason: error.message });
    announce(t("The draft was not saved: {reason}", { reason: error.message }));
  } else {
    failures += 1;
    setSave({ phase: "retrying", reason: reasonOf(error) });
    schedule(Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS));
  }
}

function theirsOf({ context }: ApiError): Theirs {
  const text = (key: string) => (typeof context[key] === "string" ? (context[key] as string) : "");
  const found = Array.isArray(context.conflicts) ? (context.conflicts as Conflict[]) : [];
  return { hash: text("hash"), by: text("updated_by"), at: text("updated"), conflicts: found };
}

/** Take the server's draft. Ours remains one undo away. */
export async function takeTheirs(): Promise<void> {
  const { flowId, edit, setSave } = builder();
  const flow = await readFlow(flowId);
  const graph = fromWire(flow.draft.graph);
  setSave(freshSave(graph, flow.draft.hash, Date.parse(flow.draft.updated)));
  edit(() => graph);
  builder().forgetMissing();
  useBuilder.setState({ form: null, checked: { issues: flow.issues, graph } });
  forgetCopy(flowId);
}
