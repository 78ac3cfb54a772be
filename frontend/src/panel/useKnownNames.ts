import { useEffect, useMemo, useState } from "react";
import { type FunctionInfo, readFunctions } from "../api/expressions";
import { namesIn } from "../model/known_names";
import type { Known } from "../model/suggestions";
import { useBuilder } from "../store/builder";

/** What expressions of this flow can use. The functions come when the first is written. */
export function useKnownNames(): Known {
  const graph = useBuilder((state) => state.graph);
  const applets = useBuilder((state) => state.applets);
  const variables = useBuilder((state) => state.variables);
  const objects = useBuilder((state) => state.objects);
  const [functions, setFunctions] = useState<readonly FunctionInfo[]>([]);
  useEffect(() => {
    let wanted = true;
    void readFunctions().then((found) => wanted && setFunctions(found));
    return () => {
      wanted = false;
    };
  }, []);
  return useMemo(
    () => ({ ...namesIn({ graph, applets, variables, objects }), functions }),
    [graph, applets, variables, objects, functions],
  );
}
