import { useEffect, useState } from "react";
import { type Registry, readRegistry } from "../api/dlt";

export type RegistryState =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly retry: () => void }
  | { readonly state: "ready"; readonly registry: Registry };

/** What is registered on the DLT portal, as far as this account knows. */
export function useRegistry(): RegistryState {
  const [result, setResult] = useState<Registry | "failed" | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn asks again.
  useEffect(() => {
    let wanted = true;
    readRegistry().then(
      (registry) => wanted && setResult(registry),
      () => wanted && setResult("failed"),
    );
    return () => {
      wanted = false;
    };
  }, [turn]);

  if (result === null) return { state: "loading" };
  if (result === "failed") {
    const retry = () => {
      setResult(null);
      setTurn(turn + 1);
    };
    return { state: "failed", retry };
  }
  return { state: "ready", registry: result };
}
