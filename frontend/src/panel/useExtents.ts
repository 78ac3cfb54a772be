import { useMemo } from "react";
import { Extents } from "../model/extents";
import { builder, useBuilder } from "../store/builder";

/** What the variables in this flow's texts can be. */
export function useExtents(): Extents {
  const graph = useBuilder((state) => state.graph);
  const applets = useBuilder((state) => state.applets);
  const variables = useBuilder((state) => state.variables);
  const objects = useBuilder((state) => state.objects);
  return useMemo(
    () => new Extents({ graph, applets, variables, objects }),
    [graph, applets, variables, objects],
  );
}

/** The same for an event handler. */
export function extentsNow(): Extents {
  const { graph, applets, variables, objects } = builder();
  return new Extents({ graph, applets, variables, objects });
}
