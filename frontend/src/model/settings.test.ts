import { describe, expect, it } from "vitest";
import type { Applet, JsonSchema } from "../api/types";
import { checkSettings } from "./checks";
import { besides } from "./issues";
import { sameSettings } from "./same";
import { fieldsOf, isShown } from "./schema";
import { spotOf } from "./spot";
import { summaryOf } from "./summary";

function appletWith(properties: Record<string, JsonSchema>, required: string[] = []): Applet {
  return {
    slug: "test",
    version: 1,
    label: "Test",
    description: "",
    category: "voice",
    icon: "x",
    ports: [],
    schema: { properties },
    required,
    defaults: {},
    summary: "",
  };
}

describe("fields", () => {
  it("keep the order of the schema and the widget it names", () => {
    const fields = fieldsOf(
      appletWith({ body: { type: "string", widget: "message" }, to: { type: "string" } }),
    );
    expect(fields.map((field) => [field.key, field.widget])).toEqual([
      ["body", "message"],
      ["to", "text"],
    ]);
  });

  it("look through references and through “this or null”", () => {
    const [field] = fieldsOf({
      ...appletWith({}),
      schema: {
        $defs: { Way: { enum: ["a_b", "c"], type: "string" } },
        properties: { way: { anyOf: [{ $ref: "#/$defs/Way" }, { type: "null" }], title: "Way" } },
      },
    });
    expect(field?.nullable).toBe(true);
    expect(field?.options.map((option) => option.label)).toEqual(["A b", "C"]);
  });

  it("are shown only with the value they belong to", () => {
    const [field] = fieldsOf(
      appletWith({ number: { type: "string", show_when: { setting: "to", equals: "number" } } }),
    );
    expect(field && isShown(field, { to: "caller" })).toBe(false);
    expect(field && isShown(field, { to: "number" })).toBe(true);
  });
});

describe("checks", () => {
  const fields = fieldsOf(
    appletWith(
      {
        say: { type: "string", maxLength: 5 },
        seconds: { type: "integer", minimum: 1, maximum: 30, widget: "number" },
        to: { type: "array", widget: "phone_list" },
        keys: { type: "array", widget: "key_list" },
        hidden: { type: "string", show_when: { setting: "say", equals: "x" } },
      },
      ["say", "hidden"],
    ),
  );
  const wrong = (settings: Record<string, unknown>) =>
    Object.keys(checkSettings(fields, { say: "ok", ...settings }));

  it("find nothing wrong with good settings", () => {
    expect(wrong({ seconds: 5, to: ["+919812345678"], keys: [{ digit: "1" }] })).toEqual([]);
  });

  it("find what is missing, too long, out of range or no number", () => {
    expect(wrong({ say: " " })).toEqual(["say"]);
    expect(wrong({ say: "too long" })).toEqual(["say"]);
    expect(wrong({ seconds: 31 })).toEqual(["seconds"]);
    expect(wrong({ seconds: 1.5 })).toEqual(["seconds"]);
    expect(wrong({ to: ["12"] })).toEqual(["to"]);
    expect(wrong({ keys: [{ digit: "1" }, { digit: "1" }] })).toEqual(["keys"]);
  });
});

describe("texts", () => {
  it("of a node are empty while a setting is missing", () => {
    expect(summaryOf("{say}", { say: "Hello" })).toBe("Hello");
    expect(summaryOf("Rings {to} for {n} s", { to: ["+91", "+92", "+93"], n: 5 })).toBe(
      "Rings +91, +92 +1 for 5 s",
    );
    expect(summaryOf("Rings {to}", { to: [] })).toBe("");
  });

  it("of an issue leave out the names that stand beside them", () => {
    expect(besides("“Menu”, Prompt: is empty.", "Menu", "Prompt")).toBe("Is empty.");
    expect(besides("“Menu”: “No key” leads nowhere.", "Menu")).toBe("“No key” leads nowhere.");
    expect(besides("No call can reach “Menu”.", "Menu")).toBe("No call can reach “Menu”.");
  });
});

describe("the spot of a problem", () => {
  const text = "Your refrence is here";
  const marked = (position: number, found?: string) => {
    const spot = spotOf(text, found === undefined ? { position } : { position, found });
    return spot && text.slice(spot.start, spot.end);
  };

  it("is the word around the position, which counts from 1", () => {
    expect(marked(9, "refrence")).toBe("refrence");
    expect(marked(9)).toBe("r");
  });

  it("is one character when the word stands elsewhere, and nothing outside the text", () => {
    expect(marked(1, "refrence")).toBe("Y");
    expect(marked(text.length + 1)).toBe("");
    expect(marked(99)).toBeNull();
  });
});

describe("settings", () => {
  it("are the same when they say the same", () => {
    expect(sameSettings({ a: [1, { b: 2 }], c: undefined }, { a: [1, { b: 2 }] })).toBe(true);
    expect(sameSettings({ a: [] }, { a: {} })).toBe(false);
    expect(sameSettings({ a: [1] }, { a: [1, 2] })).toBe(false);
  });
});
