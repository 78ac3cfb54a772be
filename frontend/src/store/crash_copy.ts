/** A copy of unsaved work in this browser, offered back after a crash or a closed lid. */
import type { WireGraph } from "../api/types";
import { sameSettings } from "../model/same";
import { toWire } from "../model/wire";
import type { Save } from "./save_slice";

export interface CrashCopy {
  readonly graph: WireGraph;
  /** The draft it was drawn on: others may have saved since. */
  readonly base: WireGraph;
  readonly baseHash: string;
  readonly at: number;
}

const keyOf = (flowId: string) => `flowbuilder.draft.${flowId}`;
const WAIT_MS = 300;
let timer = 0;

export function keepCopy(flowId: string, graph: WireGraph, save: Save): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    const [base, baseHash] = [toWire(save.graph), save.hash];
    const copy: CrashCopy = { graph: toWire(graph), base, baseHash, at: Date.now() };
    quietly(() => localStorage.setItem(keyOf(flowId), JSON.stringify(copy)));
  }, WAIT_MS);
}

export function forgetCopy(flowId: string): void {
  window.clearTimeout(timer);
  quietly(() => localStorage.removeItem(keyOf(flowId)));
}

/** The copy left behind, when it says something the stored draft does not. */
export function findCopy(flowId: string, stored: WireGraph): CrashCopy | null {
  const text = quietly(() => localStorage.getItem(keyOf(flowId)));
  const copy = text ? quietly(() => JSON.parse(text) as CrashCopy) : null;
  if (!copy?.graph?.nodes || sameSettings(copy.graph, toWire(stored))) return null;
  return copy;
}

/** Private windows and full disks refuse storage; the copy is a courtesy, so that is no error. */
function quietly<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}
