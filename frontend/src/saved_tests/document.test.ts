import { expect, test } from "vitest";
import { type Drawing, moved, nextPlace, read, replaced } from "./document";

const DRAWING: Drawing = {
  flow: "flw",
  starts: { inbound_call: "a" },
  nodes: [
    {
      id: "a",
      name: "A",
      applet: "Connect",
      type: "connect",
      category: "connect",
      icon: "phone",
      ports: [
        { port: "busy", label: "Busy", to: "b" },
        { port: "failed", label: "Failed", to: null },
      ],
    },
    { id: "b", name: "B", applet: "Hangup", type: "hangup", category: "end", icon: "x", ports: [] },
  ],
};

test("a path begins at the start and goes on where its last port leads", () => {
  expect(nextPlace([], DRAWING, "inbound_call")?.id).toBe("a");
  expect(nextPlace([{ node: "a", port: "busy" }], DRAWING, "inbound_call")?.id).toBe("b");
  expect(nextPlace([{ node: "a", port: "failed" }], DRAWING, "inbound_call")).toBeUndefined();
  expect(nextPlace([], DRAWING, "inbound_sms")).toBeUndefined();
});

test("entries are replaced, taken out and changed over", () => {
  expect(replaced(["a", "b"], 1, "c")).toEqual(["a", "c"]);
  expect(replaced(["a", "b"], 0)).toEqual(["b"]);
  expect(moved(["a", "b"], 1, -1)).toEqual(["b", "a"]);
  expect(moved(["a", "b"], 1, 1)).toEqual(["a", "b"]);
});

test("a text that is no object is no document", () => {
  expect(read("[1]")).toBeNull();
  expect(read('{"name": ')).toBeNull();
  expect(read('{"name": "A", "at": "2026-11-25T11:00:00"}')?.name).toBe("A");
});
