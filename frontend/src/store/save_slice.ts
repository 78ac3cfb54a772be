/** Where the draft stands between this window and the server. Saving itself is in `autosave.ts`. */
import type { Conflict, WireGraph } from "../api/types";
import { EMPTY_GRAPH } from "../model/wire";
import type { GetBuilder, SetBuilder } from "./builder";

export type SavePhase =
  | "saved"
  | "waiting"
  | "saving"
  | "retrying"
  | "conflict"
  | "refused"
  | "signed_out";

export interface Save {
  readonly phase: SavePhase;
  /** The graph the server has, and the hash it gave for it. */
  readonly graph: WireGraph;
  readonly hash: string;
  readonly at: number | null;
  readonly reason: string | null;
  readonly theirs: Theirs | null;
}

/** The draft that another saved, and where it cannot be merged with this window's. */
export interface Theirs {
  readonly hash: string;
  readonly by: string;
  readonly at: string;
  readonly conflicts: readonly Conflict[];
}

export interface SaveSlice {
  readonly save: Save;
  setSave(change: Partial<Save>): void;
}

export function freshSave(graph: WireGraph, hash: string, at: number): Save {
  const known = Number.isNaN(at) ? null : at;
  return { phase: "saved", graph, hash, at: known, reason: null, theirs: null };
}

export function createSaveSlice(set: SetBuilder, _get: GetBuilder): SaveSlice {
  return {
    save: freshSave(EMPTY_GRAPH, "", Number.NaN),
    setSave: (change) => set(({ save }) => ({ save: { ...save, ...change } })),
  };
}
