import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CannotEncode, segment, TooManySegments } from "./encoding";

interface Case {
  readonly id: string;
  readonly text?: string;
  readonly text_repeat?: { readonly unit: string; readonly length_chars: number };
  readonly force?: "gsm" | "ucs2";
  readonly expect: {
    readonly encoding: "gsm7" | "ucs2";
    readonly units?: readonly number[];
    readonly chars?: readonly number[];
    readonly error?: string;
  };
}

const here = dirname(fileURLToPath(import.meta.url));
const file = resolve(here, "../../../tests/cases/sms_segment_cases.json");
const { cases } = JSON.parse(readFileSync(file, "utf-8")) as { readonly cases: readonly Case[] };

const NAMES = { gsm7: "gsm", gsm: "gsm", ucs2: "unicode" } as const;
const ERRORS: Readonly<Record<string, typeof CannotEncode | typeof TooManySegments>> = {
  not_encodable: CannotEncode,
  too_many_parts: TooManySegments,
};

function bodyOf({ text, text_repeat }: Case): string {
  if (text_repeat === undefined) return text ?? "";
  return [...text_repeat.unit.repeat(text_repeat.length_chars)]
    .slice(0, text_repeat.length_chars)
    .join("");
}

function wantedEncoding({ force }: Case): "auto" | "gsm" | "unicode" {
  return force === undefined ? "auto" : NAMES[force];
}

function caught(body: string, encoding: "auto" | "gsm" | "unicode"): unknown {
  try {
    return segment(body, encoding);
  } catch (error) {
    return error;
  }
}

describe("the shared segment cases", () => {
  it.each(cases.filter((one) => one.expect.error === undefined))(
    "$id is cut as the wire requires",
    (one) => {
      const segmentation = segment(bodyOf(one), wantedEncoding(one));
      expect(segmentation.encoding).toBe(NAMES[one.expect.encoding]);
      expect(segmentation.units).toEqual(one.expect.units);
      expect(segmentation.texts.map((text) => [...text].length)).toEqual(one.expect.chars);
      expect(segmentation.parts).toBe(one.expect.units?.length);
      expect(segmentation.texts.join("")).toBe(bodyOf(one));
    },
  );

  it.each(cases.filter((one) => one.expect.error !== undefined))("$id is refused", (one) => {
    expect(caught(bodyOf(one), wantedEncoding(one))).toBeInstanceOf(ERRORS[one.expect.error ?? ""]);
  });
});

describe("what the builder shows beside the text", () => {
  it("names the characters that force unicode once, in order of appearance", () => {
    expect(segment("₹10 ’til ₹20’").forcingUnicode).toEqual(["₹", "’"]);
  });

  it("still names them when unicode was asked for", () => {
    expect(segment("₹10", "unicode").forcingUnicode).toEqual(["₹"]);
  });

  it("names the characters that gsm cannot carry, the invisible ones by number", () => {
    expect(caught("₹\t", "gsm")).toMatchObject({
      code: "sms.cannot_encode",
      characters: ["₹", "\t"],
      message:
        "The encoding gsm has no ₹ (U+20B9), U+0009. Replace the characters, or choose the encoding unicode.",
    });
  });

  it("refuses half a surrogate pair, which no carrier can be given", () => {
    expect(caught("\ud83d", "auto")).toMatchObject({
      code: "sms.cannot_encode",
      characters: ["\ud83d"],
    });
  });
});
