import { useMemo, useRef } from "react";
import { builder, useBuilder } from "../store/builder";
import { issuesOf } from "../store/flow_slice";
import { type CardNode, deriveEdges, deriveNodes, type WireEdge } from "./derive";

/** The nodes and edges of the moment; what did not change keeps its identity. */
export function useDrawn(): { nodes: CardNode[]; edges: WireEdge[] } {
  const graph = useBuilder((state) => state.graph);
  const applets = useBuilder((state) => state.applets);
  const checked = useBuilder((state) => state.checked);
  const selection = useBuilder((state) => state.selection);
  const wires = useBuilder((state) => state.wires);
  const moving = useBuilder((state) => state.moving);
  const trace = useBuilder((state) => state.trace);
  const coverage = useBuilder((state) => state.coverage);
  const lastNodes = useRef<ReadonlyMap<string, CardNode>>(new Map());
  const lastEdges = useRef<ReadonlyMap<string, WireEdge>>(new Map());

  const issues = useMemo(
    () => issuesOf({ ...builder(), graph, applets, checked }),
    [graph, applets, checked],
  );
  return useMemo(() => {
    const drawn = { graph, applets, issues, selection, wires, moving, trace, coverage };
    const nodes = deriveNodes(drawn, lastNodes.current);
    const edges = deriveEdges(drawn, nodes, lastEdges.current);
    lastNodes.current = new Map(nodes.map((node) => [node.id, node]));
    lastEdges.current = new Map(edges.map((edge) => [edge.id, edge]));
    return { nodes, edges };
  }, [graph, applets, issues, selection, wires, moving, trace, coverage]);
}
