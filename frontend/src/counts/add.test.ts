import { expect, test } from "vitest";
import type { CountsEvent } from "../api/live";
import { fromAnswer, withEvent } from "./add";

const ANSWER = {
  nodes: { menu: { visits: 4, skipped: 0, ended: 1 }, sales: { visits: 2, skipped: 0, ended: 0 } },
  connections: [{ from: "menu", port: "1", to: "sales", count: 2 }],
  since: "",
  until: "",
};
const EVENT: CountsEvent = {
  type: "flow.counts",
  flow: "flwa",
  version: 1,
  tests: false,
  nodes: { menu: [0, 0, 0], sales: [1, 0, 1], note: [1, 0, 0] },
  ports: { menu: { "1": 1, no_input: 1 } },
};

test("an answer becomes counts by node and by wire", () => {
  expect(fromAnswer(ANSWER, null)).toEqual({
    nodes: { menu: { visits: 4, ended: 1 }, sales: { visits: 2, ended: 0 } },
    wires: { "menu:1": 2 },
  });
});

test("what did not change is not drawn anew", () => {
  const before = fromAnswer(ANSWER, null);
  expect(fromAnswer(ANSWER, before).nodes.menu).toBe(before.nodes.menu);
  expect(withEvent(before, EVENT).nodes.menu).toBe(before.nodes.menu);
});

test("turns of calls are added up", () => {
  const counts = withEvent(withEvent(fromAnswer(ANSWER, null), EVENT), EVENT);
  expect(counts.nodes).toEqual({
    menu: { visits: 4, ended: 1 },
    sales: { visits: 4, ended: 2 },
    note: { visits: 2, ended: 0 },
  });
  expect(counts.wires).toEqual({ "menu:1": 4, "menu:no_input": 2 });
});
