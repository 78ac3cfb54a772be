/** Where walks through a flow begin: a call, an SMS, the API, or what is left to do after a call. */
import type { EntryKind, WireGraph } from "../api/types";
import { t } from "../i18n";

export const ENTRY_KINDS: readonly EntryKind[] = [
  "inbound_call",
  "inbound_sms",
  "after_call",
  "api",
];

export const STARTS: Readonly<
  Record<EntryKind, { readonly icon: string; readonly words: string }>
> = {
  inbound_call: { icon: "phone-incoming", words: "Incoming call" },
  inbound_sms: { icon: "message-square-text", words: "Incoming SMS" },
  after_call: { icon: "history", words: "After the call" },
  api: { icon: "webhook", words: "Started over the API" },
};

const startOf = (graph: WireGraph, kind: EntryKind): string | null =>
  kind === "inbound_call" ? graph.entry : (graph.entries?.[kind] ?? null);

/** What begins at a node. */
export const startsAt = (graph: WireGraph, id: string): EntryKind[] =>
  ENTRY_KINDS.filter((kind) => startOf(graph, kind) === id);

/** Every start there is, with its node. */
export const startsOf = (graph: WireGraph): { kind: EntryKind; node: string }[] =>
  ENTRY_KINDS.flatMap((kind) => {
    const node = startOf(graph, kind);
    return node === null ? [] : [{ kind, node }];
  });

export const hasStart = (graph: WireGraph, kind: EntryKind) => startOf(graph, kind) !== null;

const TRIED = ["inbound_call", "inbound_sms", "api"] as const;

/** What a test call can begin with: what the flow has a start for, and a call when it has none. */
export const triedStarts = (graph: WireGraph): (typeof TRIED)[number][] => {
  const kinds = TRIED.filter((kind) => hasStart(graph, kind));
  return kinds.length > 0 ? kinds : ["inbound_call"];
};

/** Let a kind begin at a node, or nowhere. */
export function setStart(graph: WireGraph, kind: EntryKind, id: string | null): WireGraph {
  if (startOf(graph, kind) === id) return graph;
  if (kind === "inbound_call") return { ...graph, entry: id };
  const { [kind]: _, ...others } = graph.entries ?? {};
  return withEntries(graph, id === null ? others : { ...others, [kind]: id });
}

/** The graph without starts at nodes that are gone. */
export function withoutStartsAt(graph: WireGraph, gone: ReadonlySet<string>): WireGraph {
  const kept = Object.entries(graph.entries ?? {}).filter(([, node]) => !gone.has(node));
  const entry = graph.entry !== null && gone.has(graph.entry) ? null : graph.entry;
  return withEntries({ ...graph, entry }, Object.fromEntries(kept));
}

/** The first node that is put down becomes the start. */
export const firstStart = (graph: WireGraph, id: string): string | null =>
  graph.entry ?? (startsOf(graph).length > 0 ? null : id);

function withEntries(graph: WireGraph, entries: NonNullable<WireGraph["entries"]>): WireGraph {
  const { entries: _, ...rest } = graph;
  return Object.keys(entries).length > 0 ? { ...rest, entries } : rest;
}

/** The words of the badge over a node: "Start" for calls, what begins there for the rest. */
export const badgeText = (kinds: readonly EntryKind[]): string =>
  kinds.map((kind) => (kind === "inbound_call" ? t("Start") : t(STARTS[kind].words))).join(" · ");
