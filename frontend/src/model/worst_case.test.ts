import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Applet, Catalogue, WireGraph } from "../api/types";
import { carry, firstValues, longestText, sampled, unsampled } from "./compose";
import { isBroken, parse, pathWith, textOf, writtenOf } from "./expressions";
import { Extents } from "./extents";
import { fill, shapeOf } from "./template";
import { judgeBody, judgeValues } from "./worst_case";

interface Case {
  readonly name: string;
  readonly template: string;
  readonly body: string;
  readonly values: readonly string[] | null;
  readonly findings: readonly { readonly severity: string; readonly message: string }[] | null;
}

const here = dirname(fileURLToPath(import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(resolve(here, path), "utf-8"));
const shared = read("../../../tests/cases/worst_case_cases.json") as {
  readonly flow: WireGraph;
  readonly cases: readonly Case[];
};
const shapes = read("../../../tests/cases/expression_shapes.json") as {
  readonly cases: readonly {
    readonly source: string;
    readonly root: string;
    readonly keys: readonly string[];
    readonly at_most: number | null;
    readonly default: string | null;
  }[];
};
const catalogue = read("../../dev/catalogue.json") as Catalogue;
const applets = new Map(catalogue.applets.map((applet: Applet) => [applet.slug, applet]));
const extents = new Extents({
  graph: shared.flow,
  applets,
  variables: catalogue.variables ?? [],
  objects: catalogue.objects ?? [],
});

const LIMITS: Readonly<Record<string, number>> = {
  alphanumeric: 40,
  url: 120,
  urlott: 120,
  cbn: 16,
  email: 40,
};
const template = (text: string) =>
  shapeOf({
    text,
    variables: [...text.matchAll(/\{#(\w+)#\}/g)].map(([, tag = ""], index) => ({
      index: index + 1,
      tag,
      limit: LIMITS[tag] ?? 30,
    })),
  });

describe("the shared worst cases", () => {
  it.each(shared.cases)("$name", ({ template: text, body, values, findings }) => {
    const judged = judgeBody(template(text), body, extents);
    expect(judged?.map(({ parts }) => textOf(parts)) ?? null).toEqual(values);
    const told = judged?.flatMap((one) => one.findings.map(({ repaired: _, ...rest }) => rest));
    expect(told ?? null).toEqual(findings);
  });
});

describe("expressions", () => {
  it("are cut out of a text, and what is none stays text", () => {
    const text = 'a {CallFrom} {#var#} {x y} ${{ nodes.p.json["a b"][0]?.c.slice(0, 9) ?? "}}" }}!';
    const parts = parse(text);
    expect(textOf(parts)).toBe(text);
    expect(parts.filter((part) => typeof part === "object")).toMatchObject([
      { root: "CallFrom", path: null },
      { root: "nodes", keys: ["p", "json", "a b", "0", "c"], atMost: 9, fallback: "}}" },
    ]);
  });

  it.each(["${{ a", "${{ a..b }}", "${{ a b }}", "${{ (a }}", "${{ }}", "${{ + }}", "${{ a ? }}"])(
    "%s is none",
    (text) => {
      expect(parse(text)).toEqual([text]);
      expect(isBroken(parse(text))).toBe(true);
    },
  );

  it.each(shapes.cases)("of $source are seen as the server sees them", (shape) => {
    const parts = parse(`a \${{ ${shape.source} }} b`);
    expect(parts).toMatchObject([
      "a ",
      {
        path: shape.source,
        root: shape.root,
        keys: shape.keys,
        atMost: shape.at_most,
        fallback: shape.default,
      },
      " b",
    ]);
  });

  it("that are more than a path are cut as a whole", () => {
    const [sum] = parse('${{ a + b ?? "x" }}');
    if (typeof sum !== "object") throw new Error("no expression");
    expect(pathWith(sum, { atMost: 9 })).toBe('${{ (a + b).slice(0, 9) ?? "x" }}');
  });

  it("are cut anew and keep their default", () => {
    const [path] = parse('${{ nodes.p.json.name.slice(0, 40) ?? "there" }}');
    if (typeof path !== "object") throw new Error("no path");
    expect(pathWith(path, { atMost: 30 })).toBe('${{ nodes.p.json.name.slice(0, 30) ?? "there" }}');
    expect(pathWith(path, { atMost: null, fallback: null })).toBe("${{ nodes.p.json.name }}");
  });
});

describe("a one-click fix", () => {
  it("puts the short reference in place of the full id", () => {
    const [judged] = judgeValues(template("Ref {#var#}."), ["no. {CallSid}"], extents);
    expect(judged?.findings[0]?.repaired).toBe("no. {CallRef}");
  });

  it("cuts an answer to the room that is left", () => {
    const value = "Mr ${{ nodes.lookup.json.name }}";
    const [judged] = judgeValues(template("Dear {#var#}!"), [value], extents);
    expect(judged?.findings[0]?.repaired).toBe("Mr ${{ nodes.lookup.json.name.slice(0, 27) }}");
    const [again] = judgeValues(
      template("Dear {#var#}!"),
      [judged?.findings[0]?.repaired ?? ""],
      extents,
    );
    expect(again?.findings).toEqual([]);
  });
});

describe("a message made of its template", () => {
  it("is its text with the values, byte for byte", () => {
    const shape = template("Dear {#var#},\r\nref {#var#}{#var#}. ");
    expect(shape.slots.map(({ first, last, limit }) => [first, last, limit])).toEqual([
      [1, 1, 30],
      [2, 3, 60],
    ]);
    expect(fill(shape, ["A", "{CallRef}"])).toBe("Dear A,\r\nref {CallRef}. ");
  });

  it("has likely variables at first, where they can fit", () => {
    const first = (text: string) => firstValues(template(text), extents);
    expect(first("We missed you. Ref {#var#}.")).toEqual(["{CallRef}"]);
    expect(first("Due on {#var#}, ref {#var#}")).toEqual(["{DateTime}", "{CallRef}"]);
    expect(first("Questions? Call {#cbn#}.")).toEqual(["{CallTo}"]);
    expect(first("Your call to {#var#}: code {#numeric#}")).toEqual(["{CallTo}", ""]);
  });

  it("keeps the values that fit another template and names those that do not", () => {
    const { values, dropped } = carry(
      ["{CallFrom}", "{CallRef}", "tomorrow"],
      template("Code {#numeric#}, ref {#var#}."),
      extents,
    );
    expect(values).toEqual(["", "{CallRef}"]);
    expect(dropped).toEqual(["{CallFrom}", "tomorrow"]);
  });

  it("gets its variables back after a repair", () => {
    const body = "We mised you. Ref {CallRef}, ${{ nodes.lookup.json.name }}.";
    const filled = sampled(body, extents);
    const repaired = filled.text.replace("mised", "missed");
    expect(unsampled(repaired, filled)).toBe(body.replace("mised", "missed"));
    expect(unsampled("another text", filled)).toBe("another text");
  });

  it("can be as long as its longest values", () => {
    const shape = template("{#var#} {#var#}.");
    const judged = judgeValues(shape, ["{CallFrom}", "${{ nodes.lookup.json.name }}"], extents);
    expect(longestText(shape, judged)).toHaveLength(16 + 1 + 30 + 1);
    expect(longestText(shape, judged, "ह")).toContain("हह");
  });
});

describe("offered values", () => {
  it("are called by what they are, however they are written", () => {
    const labels = [
      "{CallTo}",
      "${{ call.to }}",
      "${{ nodes.c.status }}",
      "${{ vars.x ?? 1 }}",
    ].map(
      (source) => parse(source).map((part) => typeof part === "object" && extents.labelOf(part))[0],
    );
    expect(labels).toEqual([
      "Called number",
      "Called number",
      "Sales › How the ringing ended",
      "vars.x",
    ]);
  });

  it("are those of the call, then those the flow's applets leave", () => {
    const sources = extents.offered().map(({ source }) => source);
    expect(sources.slice(0, 3)).toEqual(["{CallFrom}", "{CallTo}", "{CallRef}"]);
    expect(sources).toContain("${{ nodes.m.digits }}");
    expect(sources).toContain("${{ nodes.p.json.name }}");
    expect(
      extents.offered().every(({ source }) => writtenOf(parse(source)[0] ?? "") === source),
    ).toBe(true);
  });
});
