/** What real calls did in the flow, drawn over it while the counts are shown. */
import type { GetBuilder, SetBuilder } from "./builder";

export interface Tally {
  readonly visits: number;
  readonly ended: number;
}

export interface Counts {
  readonly nodes: Readonly<Record<string, Tally>>;
  /** By the id of the wire. */
  readonly wires: Readonly<Record<string, number>>;
}

export interface Way {
  readonly node: string;
  readonly port: string;
}

export interface CountsSlice {
  readonly countsShown: boolean;
  /** Null until they arrive, and while they are not shown. */
  readonly counts: Counts | null;
  /** The connection whose last calls are listed. */
  readonly callsOf: Way | null;
  toggleCounts(): void;
  setCounts(counts: Counts): void;
  listCalls(way: Way | null): void;
}

export function createCountsSlice(set: SetBuilder, get: GetBuilder): CountsSlice {
  return {
    countsShown: false,
    counts: null,
    callsOf: null,
    toggleCounts: () => set({ countsShown: !get().countsShown, counts: null, callsOf: null }),
    setCounts: (counts) => {
      if (get().countsShown) set({ counts });
    },
    listCalls: (way) => set({ callsOf: way }),
  };
}
