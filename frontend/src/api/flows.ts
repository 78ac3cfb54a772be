import { get, patch, post, put } from "./client";
import type { Catalogue, Flow, LiveVersion, SavedDraft, WireGraph } from "./types";

const at = (id: string) => `/flows/${encodeURIComponent(id)}`;

export const readCatalogue = () => get<Catalogue>("/applets");
export const readFlow = (id: string) => get<Flow>(at(id));
export const renameFlow = (id: string, name: string) => patch<Flow>(at(id), { name });
/** `reason`: an admin publishes despite DLT problems. */
export const publishFlow = (id: string, note: string, reason?: string) =>
  post<LiveVersion>(`${at(id)}/publish`, reason ? { note, override: { reason } } : { note });
export const saveDraft = (id: string, graph: WireGraph, baseHash: string) =>
  put<SavedDraft>(`${at(id)}/draft`, { graph, base_hash: baseHash });
