import { useEffect, useState } from "react";
import { type Asked, readCounts } from "../api/counts";
import { subscribe } from "../api/live";
import { builder } from "../store/builder";
import { fromAnswer, withEvent } from "./add";

/** Turns are added at once; after a while the sums are read again, so that a lost event is not lost for long. */
const SETTLE_MS = 5000;

/** Keep the counts of the canvas up to date. Returns what went wrong, or an empty text. */
export function useCounts({ period, tests }: Asked): string {
  const [problem, setProblem] = useState("");
  useEffect(() => {
    const flow = builder().flowId;
    let stopped = false;
    let timer = 0;
    let loading = false;

    const load = async () => {
      window.clearTimeout(timer);
      timer = 0;
      loading = true;
      try {
        const answer = await readCounts(flow, { period, tests });
        if (stopped) return;
        builder().setCounts(fromAnswer(answer, builder().counts));
        setProblem("");
      } catch (error) {
        if (!stopped) setProblem(error instanceof Error ? error.message : String(error));
      } finally {
        loading = false;
      }
    };
    const settle = () => {
      if (!timer) timer = window.setTimeout(() => void load(), SETTLE_MS);
    };
    const unsubscribe = subscribe((event) => {
      if (event.type === "hello") void load();
      if (event.type !== "flow.counts" || event.flow !== flow || event.tests !== tests) return;
      const { counts } = builder();
      if (counts && !loading) builder().setCounts(withEvent(counts, event));
      settle();
    });
    void load();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
      unsubscribe();
    };
  }, [period, tests]);
  return problem;
}
