import { describe, expect, it } from "vitest";
import type { Applet, Settings, WireGraph } from "../api/types";
import { copy, paste } from "./clipboard";
import * as edits from "./edits";
import { NO_HISTORY, record, redo, undo } from "./history";
import { looseEnds, stillTrue } from "./issues";
import { tidy } from "./layout";
import { carryPorts, portsOf } from "./ports";
import { firstStart, setStart, startsAt, withoutStartsAt } from "./starts";
import { EMPTY_GRAPH, fromWire, toWire } from "./wire";

const base = { version: 1, description: "", icon: "x", schema: {}, summary: "", defaults: {} };
const GREETING: Applet = {
  ...base,
  slug: "greeting",
  label: "Greeting",
  category: "voice",
  ports: [{ kind: "fixed", name: "next", label: "Next" }],
  defaults: { say: "" },
};
const IVR: Applet = {
  ...base,
  slug: "ivr",
  label: "IVR menu",
  category: "input",
  ports: [
    { kind: "each", setting: "choices", key: "digit", label: "label" },
    { kind: "fixed", name: "no_input", label: "No key" },
  ],
};
const APPLETS = new Map([GREETING, IVR].map((applet) => [applet.slug, applet]));
const choices = (...digits: string[]) => ({
  choices: digits.map((digit) => ({ digit, label: `Key ${digit}` })),
});

function menuFlow(): WireGraph {
  const node = (id: string, type: string, settings = {}) => ({
    id,
    type,
    version: 1,
    name: id,
    settings,
  });
  return fromWire({
    entry: "n1",
    nodes: [node("n1", "ivr", choices("1", "2")), node("n2", "greeting"), node("n3", "greeting")],
    connections: [
      { from: "n1", port: "1", to: "n2" },
      { from: "n1", port: "2", to: "n3" },
    ],
  });
}

describe("ports", () => {
  it("come from the rules of the applet and the rows of its settings", () => {
    const ports = portsOf(IVR, choices("1", "#"));
    expect(ports.map((port) => [port.name, port.key])).toEqual([
      ["1", "1"],
      ["#", "#"],
      ["no_input", null],
    ]);
  });

  it("are offered once, whatever the settings say", () => {
    expect(portsOf(IVR, choices("1", "1", "")).map((port) => port.name)).toEqual(["1", "no_input"]);
    expect(portsOf(IVR, { choices: "broken" }).map((port) => port.name)).toEqual(["no_input"]);
    expect(portsOf(undefined, {})).toEqual([]);
  });

  it("may depend on a setting, which has its default until it is stored", () => {
    const when = (equals: unknown) => ({ setting: "route", equals });
    const applet: Applet = {
      ...base,
      slug: "passthru",
      label: "Passthru",
      category: "logic",
      defaults: { route: "status" },
      ports: [
        { kind: "fixed", name: "ok", label: "OK", when: when("status") },
        { kind: "each", setting: "cases", key: "value", label: "label", when: when("select") },
        { kind: "fixed", name: "error", label: "Error" },
      ],
    };
    const names = (settings: Settings) => portsOf(applet, settings).map((port) => port.name);
    const cases = [{ value: "gold", label: "Gold" }];
    expect(names({ cases })).toEqual(["ok", "error"]);
    expect(names({ cases, route: "select" })).toEqual(["gold", "error"]);
  });

  it("are followed by their connections when a key is changed", () => {
    const carried = carryPorts(IVR, choices("1", "2"), choices("1", "3"));
    expect(Object.fromEntries(carried)).toEqual({ "1": "1", "2": "3", no_input: "no_input" });
  });
});

describe("edits", () => {
  it("make the first node the start", () => {
    const node = edits.makeNode(EMPTY_GRAPH, GREETING);
    const graph = edits.addNode(EMPTY_GRAPH, node, { x: 0, y: 0 });
    expect(graph.entry).toBe("n1");
    expect(edits.makeNode(graph, GREETING).name).toBe("Greeting 2");
  });

  it("keep one connection per port", () => {
    const graph = edits.connect(menuFlow(), { from: "n1", port: "1", to: "n3" });
    expect(graph.connections).toHaveLength(2);
    expect(graph.connections[0]).toEqual({ from: "n1", port: "1", to: "n3" });
  });

  it("delete a node with everything that hangs on it", () => {
    const graph = edits.removeNodes(edits.setNote(menuFlow(), "n2", "why"), ["n1", "n2"]);
    expect(graph.entry).toBeNull();
    expect(graph.connections).toEqual([]);
    expect(graph.notes).toEqual([]);
    expect(Object.keys(graph.layout)).toEqual(["n3"]);
  });

  it("drop the connection of a port that is gone", () => {
    const graph = edits.setSettings(menuFlow(), "n1", choices("1"), IVR);
    expect(graph.connections).toEqual([{ from: "n1", port: "1", to: "n2" }]);
  });

  it("keep connections of an applet this catalogue does not know", () => {
    const graph = edits.setSettings(menuFlow(), "n1", {}, undefined);
    expect(graph.connections).toHaveLength(2);
  });

  it("answer the same graph when nothing changes", () => {
    const graph = menuFlow();
    expect(edits.renameNode(graph, "n1", "n1")).toBe(graph);
    expect(setStart(graph, "inbound_call", "n1")).toBe(graph);
    expect(edits.disconnect(graph, [{ from: "n9", port: "next" }])).toBe(graph);
  });
});

describe("the wire format", () => {
  it("survives the way there and back", () => {
    const graph = menuFlow();
    expect(fromWire(JSON.parse(JSON.stringify(toWire(graph))))).toEqual(toWire(graph));
  });

  it("keeps what this version does not know", () => {
    const stored = { ...menuFlow(), colour: "blue" } as Partial<WireGraph>;
    expect(toWire(fromWire(stored))).toHaveProperty("colour", "blue");
  });

  it("forgets places of nodes that are gone", () => {
    const graph = { ...menuFlow(), layout: { n9: { x: 1, y: 1 }, n1: { x: 0.4, y: 9.6 } } };
    expect(toWire(graph).layout).toEqual({ n1: { x: 0, y: 10 } });
  });
});

describe("undo", () => {
  it("goes back and forth", () => {
    const [first, second] = [EMPTY_GRAPH, menuFlow()];
    const back = undo(record(NO_HISTORY, first, null, 0), second);
    expect(back?.graph).toBe(first);
    expect(back && redo(back.history, first)?.graph).toBe(second);
  });

  it("takes keystrokes that follow each other as one step", () => {
    let history = record(NO_HISTORY, EMPTY_GRAPH, "name:n1", 0);
    history = record(history, menuFlow(), "name:n1", 500);
    expect(history.past).toHaveLength(1);
    history = record(history, menuFlow(), "name:n1", 9000);
    expect(history.past).toHaveLength(2);
  });

  it("has nothing to redo after a new edit", () => {
    const back = undo(record(NO_HISTORY, EMPTY_GRAPH, null, 0), menuFlow());
    expect(back && record(back.history, EMPTY_GRAPH, null, 1).future).toEqual([]);
  });
});

describe("issues", () => {
  it("know the ports that lead nowhere", () => {
    expect(looseEnds(menuFlow(), APPLETS)).toEqual([
      { node: "n1", port: "no_input" },
      { node: "n2", port: "next" },
      { node: "n3", port: "next" },
    ]);
  });

  it("are dropped once what they were about has changed", () => {
    const about = { severity: "warning", code: "x", message: "", setting: null } as const;
    const issues = [
      { ...about, node: "n1", port: "no_input" },
      { ...about, node: "n2", port: "next" },
    ];
    const checked = menuFlow();
    const now = edits.connect(checked, { from: "n1", port: "no_input", to: "n1" });
    expect(stillTrue(issues, checked, now).map((issue) => issue.node)).toEqual(["n2"]);
  });
});

describe("copy and paste", () => {
  it("brings connections inside the selection along, under new ids", () => {
    const graph = menuFlow();
    const clipping = copy(graph, ["n1", "n2"]);
    const pasted = clipping && paste(graph, clipping, { x: 40, y: 40 });
    expect(pasted?.ids).toEqual(["n4", "n5"]);
    expect(pasted?.graph.connections.slice(2)).toEqual([{ from: "n4", port: "1", to: "n5" }]);
    expect(pasted?.graph.entry).toBe("n1");
  });
});

describe("starts", () => {
  it("are one node for each kind", () => {
    const texted = setStart(menuFlow(), "inbound_sms", "n2");
    expect(startsAt(texted, "n1")).toEqual(["inbound_call"]);
    expect(startsAt(texted, "n2")).toEqual(["inbound_sms"]);
    const moved = setStart(texted, "inbound_sms", "n1");
    expect(startsAt(moved, "n1")).toEqual(["inbound_call", "inbound_sms"]);
    expect(startsAt(moved, "n2")).toEqual([]);
  });

  it("leave no trace when they are taken away", () => {
    const graph = setStart(setStart(menuFlow(), "api", "n2"), "api", null);
    expect("entries" in graph).toBe(false);
    expect(setStart(graph, "api", null)).toBe(graph);
  });

  it("go with their node", () => {
    const graph = setStart(menuFlow(), "after_call", "n2");
    expect(edits.removeNodes(graph, ["n2"])).not.toHaveProperty("entries");
    expect(withoutStartsAt(graph, new Set(["n1"])).entry).toBeNull();
  });

  it("are not made by adding to a flow that has one", () => {
    const graph = setStart(setStart(menuFlow(), "inbound_sms", "n2"), "inbound_call", null);
    expect(firstStart(graph, "n9")).toBeNull();
    expect(firstStart(EMPTY_GRAPH, "n9")).toBe("n9");
  });
});

describe("tidy up", () => {
  it("puts every node right of those that lead to it", () => {
    const places = tidy(menuFlow(), { n1: 200, n2: 100, n3: 100 });
    expect(places.n2?.x).toBe(places.n3?.x);
    expect(places.n2?.x).toBeGreaterThan(places.n1?.x ?? 0);
    expect(places.n3?.y).toBeGreaterThan((places.n2?.y ?? 0) + 100);
  });

  it("ends on flows that go in circles", () => {
    const graph = edits.connect(menuFlow(), { from: "n3", port: "next", to: "n1" });
    expect(Object.keys(tidy(graph, {}))).toHaveLength(3);
  });
});
