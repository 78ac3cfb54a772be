import { describe, expect, it } from "vitest";
import type { WireGraph } from "../api/types";
import { rebase, withIds } from "./rebase";
import { fromWire } from "./wire";

const node = (id: string, say = id) => ({
  id,
  type: "greeting",
  version: 1,
  name: id,
  settings: { say },
});
const wire = (from: string, to: string) => ({ from, port: "next", to });
const drawn = (parts: Partial<WireGraph>) => fromWire({ entry: "a", ...parts });

const sent = drawn({ nodes: [node("a"), node("b")], connections: [wire("a", "b")] });
const merged = drawn({
  nodes: [node("a"), node("b", "Theirs."), node("t")],
  connections: [wire("a", "b"), wire("b", "t")],
});

describe("rebase", () => {
  it("brings what others did into what was drawn since", () => {
    const now = drawn({
      nodes: [node("a", "Mine."), node("b"), node("m")],
      connections: [wire("a", "m")],
    });
    const result = rebase(now, sent, merged);
    expect(result.nodes.map((each) => each.settings.say)).toEqual(["Mine.", "Theirs.", "m", "t"]);
    expect(result.connections).toEqual([wire("a", "m"), wire("b", "t")]);
    expect(Object.keys(result.layout).sort()).toEqual(["a", "b", "m", "t"]);
  });

  it("takes out what others removed, with all that led to it", () => {
    const without = drawn({ nodes: [node("a")], connections: [] });
    const now = drawn({
      nodes: [...sent.nodes, node("m")],
      connections: [...sent.connections, wire("m", "b")],
    });
    const result = rebase(now, sent, without);
    expect(result.nodes.map((each) => each.id)).toEqual(["a", "m"]);
    expect(result.connections).toEqual([]);
  });

  it("changes nothing when nothing was merged", () => {
    expect(rebase(merged, sent, sent)).toEqual(merged);
  });

  it("gives applets the ids the server gave them", () => {
    const result = withIds(sent, { b: "n9" });
    expect(result.nodes.map((each) => each.id)).toEqual(["a", "n9"]);
    expect(result.connections).toEqual([wire("a", "n9")]);
    expect(withIds(sent, {})).toBe(sent);
  });
});
