import { describe, expect, it } from "vitest";
import type { FunctionInfo } from "../api/expressions";
import type { Offered } from "./extents";
import { type Known, placeIn, suggestionsFor } from "./suggestions";

const offered = (source: string, sample = "x"): Offered => ({
  source,
  label: source,
  sample,
  group: "call",
  open: false,
});
const entry = (kind: string, signature: string): FunctionInfo => ({
  kind,
  name: signature.split("(")[0] ?? "",
  signature,
  description: "",
  example: "",
  result: "",
});
const known: Known = {
  names: [offered("call", ""), offered("CallFrom"), offered("digits")],
  fields: new Map([
    ["call", [offered("fromType"), offered("fromNumber"), offered("ref")]],
    ["nodes", [offered("lookup", "")]],
  ]),
  functions: [
    entry("function", "Math.round(number)"),
    entry("function", "Number(value)"),
    entry("text", "slice(from, to)"),
    entry("text", "trim()"),
  ],
};
const offeredAt = (source: string, mode: "expression" | "text" = "expression") => {
  const place = placeIn(source, source.length, mode);
  return place && suggestionsFor(place, known).map(({ insert }) => insert);
};

describe("what is offered in an expression", () => {
  it.each([
    ["ca", ["call", "CallFrom"]],
    ["1 + dig", ["digits"]],
    ["call.from", ["fromType", "fromNumber"]],
    ["!call?.from", ["fromType", "fromNumber"]],
    ["call.fromType.tr", ["trim()"]],
    ['"a".sl', ["slice()"]],
    ["f(x).sl", ["slice()"]],
    ["nodes.", ["lookup"]],
    ["Math.r", ["round()"]],
    ["Num", ["Number()"]],
  ])("after %s", (source, names) => {
    expect(offeredAt(source)).toEqual(names);
  });

  it("is nothing within quotes or after a number", () => {
    expect(offeredAt('"ca')).toBeNull();
    expect(offeredAt("`ca")).toBeNull();
    expect(offeredAt("1 + 2")).toBeNull();
  });

  it("stands in a text only between its braces", () => {
    expect(offeredAt("Dear ca", "text")).toBeNull();
    expect(offeredAt("Dear ${{ ca", "text")).toEqual(["call", "CallFrom"]);
    expect(offeredAt("Dear ${{ call.ref }} ca", "text")).toBeNull();
  });
});
