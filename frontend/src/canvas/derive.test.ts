import { describe, expect, it } from "vitest";
import { connect, moveNodes } from "../model/edits";
import { fromWire } from "../model/wire";
import { NO_TRACE } from "../store/simulation_slice";
import { bendOf, type Drawn, deriveEdges, deriveNodes } from "./derive";

const GREETING = {
  slug: "greeting",
  version: 1,
  label: "Greeting",
  description: "",
  category: "voice",
  icon: "x",
  ports: [{ kind: "fixed", name: "next", label: "Next" } as const],
  schema: {},
  defaults: {},
  summary: "{say}",
};
const node = (id: string) => ({ id, type: "greeting", version: 1, name: id, settings: {} });

function drawn(change: Partial<Drawn> = {}): Drawn {
  return {
    graph: fromWire({ entry: "n1", nodes: [node("n1"), node("n2")] }),
    applets: new Map([["greeting", GREETING]]),
    issues: [],
    selection: [],
    wires: [],
    moving: {},
    trace: NO_TRACE,
    coverage: null,
    ...change,
  };
}

const byId = <T extends { id: string }>(list: readonly T[]) =>
  new Map(list.map((item) => [item.id, item]));

describe("nodes on the canvas", () => {
  it("stay the same objects while nothing about them changes", () => {
    const before = drawn();
    const first = deriveNodes(before, new Map());
    const graph = moveNodes(before.graph, { n2: { x: 500, y: 0 } });
    const second = deriveNodes({ ...before, graph }, byId(first));
    expect(second[0]).toBe(first[0]);
    expect(second[1]).not.toBe(first[1]);
    expect(second[1]?.data).toBe(first[1]?.data);
  });

  it("declare a handle per port, and one to come in", () => {
    const [first] = deriveNodes(drawn(), new Map());
    expect(first?.handles?.map((handle) => handle.id)).toEqual(["in", "next"]);
  });

  it("say what is wrong before they say what is loose", () => {
    const issue = { code: "x", message: "“n1”: no text.", node: "n1", port: null, setting: null };
    const [first, second] = deriveNodes(
      drawn({ issues: [{ ...issue, severity: "error" }] }),
      new Map(),
    );
    expect(first?.data.strip).toEqual({ tone: "bad", text: "No text." });
    expect(second?.data.strip?.tone).toBe("warn");
  });
});

describe("edges on the canvas", () => {
  it("follow the connections, and light up where the call went", () => {
    const graph = connect(drawn().graph, { from: "n1", port: "next", to: "n2" });
    const trace = { nodes: new Set(["n1"]), wires: new Set(["n1:next"]), at: null };
    const now = drawn({ graph, trace });
    const [edge] = deriveEdges(now, deriveNodes(now, new Map()), new Map());
    expect(edge).toMatchObject({ id: "n1:next", target: "n2", data: { walked: true } });
  });

  it("turn under a card that leads to itself", () => {
    const [card] = deriveNodes(drawn(), new Map());
    expect(card && bendOf(card, card)).toBeGreaterThan(card?.height ?? 0);
  });
});
