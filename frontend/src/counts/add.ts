/** Counts as they arrive: a whole answer, then what each turn of a call adds. */
import type { CountsAnswer } from "../api/counts";
import type { CountsEvent } from "../api/live";
import type { Counts, Tally } from "../store/counts_slice";

/** What did not change keeps its identity, so that only the boxes that changed are drawn anew. */
export function fromAnswer(answer: CountsAnswer, before: Counts | null): Counts {
  const nodes = Object.entries(answer.nodes).map(([id, { visits, ended }]): [string, Tally] => {
    const old = before?.nodes[id];
    return [id, old?.visits === visits && old.ended === ended ? old : { visits, ended }];
  });
  const wires = answer.connections.map(({ from, port, count }) => [`${from}:${port}`, count]);
  return { nodes: Object.fromEntries(nodes), wires: Object.fromEntries(wires) };
}

export function withEvent(counts: Counts, event: CountsEvent): Counts {
  const nodes = { ...counts.nodes };
  for (const [id, [visits, , ended]] of Object.entries(event.nodes)) {
    const old = nodes[id] ?? { visits: 0, ended: 0 };
    if (visits || ended) nodes[id] = { visits: old.visits + visits, ended: old.ended + ended };
  }
  const wires = { ...counts.wires };
  for (const [id, ports] of Object.entries(event.ports)) {
    for (const [port, calls] of Object.entries(ports)) {
      wires[`${id}:${port}`] = (wires[`${id}:${port}`] ?? 0) + calls;
    }
  }
  return { nodes, wires };
}
