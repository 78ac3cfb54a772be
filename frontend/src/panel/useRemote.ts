import { useEffect, useRef, useState } from "react";

export type Remote<T> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly retry: () => void }
  | { readonly state: "ready"; readonly value: T };

const LOADING = { state: "loading" } as const;

/** What the server answers for a key, asked anew whenever the key changes. */
export function useRemote<T>(
  key: string,
  ask: (key: string) => Promise<T>,
  quietMs = 0,
): Remote<T> {
  const [answer, setAnswer] = useState<{ key: string; result: Remote<T> } | null>(null);
  const [turn, setTurn] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks again.
  useEffect(() => {
    let wanted = true;
    const put = (result: Remote<T>) => wanted && setAnswer({ key, result });
    const retry = () => {
      put(LOADING);
      setTurn((before) => before + 1);
    };
    const timer = window.setTimeout(() => {
      latest.current(key).then(
        (value) => put({ state: "ready", value }),
        () => put({ state: "failed", retry }),
      );
    }, quietMs);
    return () => {
      wanted = false;
      window.clearTimeout(timer);
    };
  }, [key, turn, quietMs]);
  return answer?.key === key ? answer.result : LOADING;
}

export const answerOf = <T>(remote: Remote<T>): T | null =>
  remote.state === "ready" ? remote.value : null;
