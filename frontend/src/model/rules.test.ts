import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { countries } from "./countries";
import { faultOf } from "./rule_words";
import {
  moved,
  newCase,
  newRule,
  OPERATORS,
  type Rule,
  readCases,
  SUBJECTS,
  valuesOf,
  withOperator,
  withSubject,
} from "./rules";

const here = dirname(fileURLToPath(import.meta.url));
const faults = JSON.parse(
  readFileSync(resolve(here, "../../../tests/cases/rule_faults.json"), "utf-8"),
) as readonly { readonly rule: Rule; readonly right: boolean }[];

const rule = (change: Partial<Rule> = {}): Rule => ({ ...newRule(), ...change });

describe("faults are those of the server", () => {
  it.each(faults.map((row) => [JSON.stringify(row.rule), row] as const))("%s", (_name, row) => {
    const fault = faultOf(rule(row.rule));
    expect(fault === null).toBe(row.right);
  });

  it("tells an empty row from a wrong one", () => {
    expect(faultOf(newRule())?.begun).toBe(false);
    expect(faultOf(rule({ value: "12" }))?.begun).toBe(true);
    expect(faultOf(rule({ subject: "variable", name: "a b" }))?.begun).toBe(true);
  });
});

describe("changing a row", () => {
  it("keeps the operator when the new subject has it", () => {
    const changed = withSubject(rule({ operator: "one_of", value: ["+911"] }), "weekday");
    expect(changed).toEqual({ subject: "weekday", name: "", operator: "one_of", value: ["mon"] });
    expect(withSubject(rule({ operator: "matches" }), "time")).toEqual({
      subject: "time",
      name: "",
      operator: "between",
      value: ["09:00", "18:00"],
    });
  });

  it("keeps values that still fit another operator", () => {
    const one = rule({ value: "+919876543210" });
    expect(withOperator(one, "one_of").value).toEqual(["+919876543210"]);
    expect(withOperator(withOperator(one, "one_of"), "is_not").value).toBe("+919876543210");
    expect(withOperator(one, "starts_with").value).toBe("");
    expect(withOperator(one, "is_set").value).toBe("");
    const time = rule({ subject: "time", operator: "less", value: "22:00" });
    expect(withOperator(time, "between").value).toEqual(["22:00", "18:00"]);
  });

  it("leaves a row that can be read back, for every subject and operator", () => {
    for (const subject of SUBJECTS) {
      for (const operator of OPERATORS[subject]) {
        const changed = withOperator(withSubject(newRule(), subject), operator);
        const [read] = readCases([{ port: "a", rules: [changed] }]);
        expect(read?.rules).toEqual([changed]);
        expect(valuesOf(changed).length).toBeGreaterThan(0);
      }
    }
  });
});

describe("cases", () => {
  const named = (n: number) => `Case ${n}`;

  it("get a port that no other has", () => {
    const first = newCase([], named);
    expect(first.port).toBe("case_1");
    const third = { ...first, port: "case_3" };
    expect(newCase([first, third], named).port).toBe("case_4");
    expect(newCase([{ ...first, port: "case_2" }], named)).toMatchObject({ name: "Case 3" });
  });

  it("move, and stay where they are at the ends", () => {
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], 1, 2)).toEqual(["a", "b"]);
  });

  it("are read whatever is stored", () => {
    expect(readCases("x")).toEqual([]);
    expect(readCases([null, { port: 3, mode: "magic", rules: [{ subject: "mood" }, 1] }])).toEqual([
      { port: "3", name: "", mode: "rules", match: "all", rules: [], expression: "" },
    ]);
  });
});

it("lists the account's own country first, and every country once", () => {
  const listed = countries("IN").map(({ code }) => code);
  expect(listed[0]).toBe("IN");
  expect(new Set(listed).size).toBe(listed.length);
  expect(countries("IN")[0]?.name).toBe("India");
});
