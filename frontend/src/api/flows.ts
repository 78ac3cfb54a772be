import { get, patch, post, put } from "./client";
import type {
  Catalogue,
  Changes,
  Flow,
  LiveVersion,
  Merging,
  SavedDraft,
  WireGraph,
} from "./types";

const at = (id: string) => `/flows/${encodeURIComponent(id)}`;

/** A flow in a list. */
export interface FlowSummary {
  readonly id: string;
  readonly name: string;
  readonly live: LiveVersion | null;
}

const MOST_PAGES = 10;

/** The flows of the workspace by name; of very many, the newest. */
export async function readFlows(): Promise<FlowSummary[]> {
  const found: FlowSummary[] = [];
  let cursor: string | null = "";
  for (let page = 0; page < MOST_PAGES && cursor !== null; page += 1) {
    const query: string = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
    const answer: { flows: FlowSummary[]; next: string | null } = await get(`/flows${query}`);
    found.push(...answer.flows);
    cursor = answer.next;
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

export const readCatalogue = () => get<Catalogue>("/applets");
export const readFlow = (id: string) => get<Flow>(at(id));
export const renameFlow = (id: string, name: string) => patch<Flow>(at(id), { name });
/** `reason`: an admin publishes despite DLT problems. */
export const publishFlow = (id: string, note: string, reason?: string) =>
  post<LiveVersion>(`${at(id)}/publish`, reason ? { note, override: { reason } } : { note });
export const saveDraft = (id: string, graph: WireGraph, baseHash: string, merging?: Merging) =>
  put<SavedDraft>(`${at(id)}/draft`, { graph, base_hash: baseHash, ...merging });
/** What the draft would change about the live version. */
export const readChanges = (id: string) => get<Changes>(`${at(id)}/diff?from=live&to=draft`);
