import { expect, test } from "vitest";
import { heardOf, lineOf, ownRecording } from "./hearing";

test("a recording of this installation is fetched from where the page is", () => {
  expect(ownRecording("https://flows.example.com/audio/23bcdf.wav")).toBe("/audio/23bcdf.wav");
  expect(ownRecording("https://example.com/welcome.mp3")).toBeNull();
  expect(ownRecording("https://example.com/audio/23bcdf.wav?x=1")).toBeNull();
});

test("a key ends what says so, and the prompt of a question", () => {
  const say = { type: "say", text: "Hello." } as const;
  expect(heardOf(say).map((part) => part.interruptible)).toEqual([false]);
  expect(heardOf({ ...say, interruptible: true }).map((part) => part.interruptible)).toEqual([
    true,
  ]);
  const asked = heardOf({ type: "gather", prompt: say, max_digits: 1 });
  expect(asked.map((part) => part.interruptible)).toEqual([true]);
  const recorded = heardOf({ type: "record", prompt: say, max_seconds: 60 });
  expect(recorded.map((part) => part.interruptible)).toEqual([false]);
});

test("what is recorded is announced after its prompt", () => {
  const prompt = { type: "say", text: "Leave a message." } as const;
  const lines = lineOf({ type: "record", prompt, max_seconds: 60 });
  expect(lines.map((line) => line.text)).toEqual(["Leave a message.", "Recording, 60 s at most."]);
  expect(lineOf({ type: "record", prompt: null, max_seconds: 60 })).toHaveLength(1);
});
