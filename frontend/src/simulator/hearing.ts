/** From instructions to what is heard, and to the lines of the transcript. */
import type { Dial, Instruction } from "../api/simulations";
import { t } from "../i18n";
import type { Line } from "../store/simulation_slice";
import type { Heard } from "./speech";

/** The path of a recording of this installation: fetched from where the page is, whatever its public address. */
export function ownRecording(url: string): string | null {
  return /\/audio\/[a-z0-9]+\.wav$/.exec(url)?.[0] ?? null;
}

export function heardOf(instruction: Instruction): Heard[] {
  switch (instruction.type) {
    case "say":
      return [{ ...instruction, interruptible: instruction.interruptible ?? false }];
    case "play":
      return [
        {
          text: recordingText(instruction.url),
          recording: ownRecording(instruction.url),
          loop: instruction.loop,
          interruptible: instruction.interruptible ?? false,
        },
      ];
    case "gather":
      return heardFirst(instruction.prompt, instruction.interruptible ?? true);
    case "record":
      return heardFirst(instruction.prompt, false);
    default:
      return [];
  }
}

const heardFirst = (prompt: Instruction | null, interruptible: boolean) =>
  prompt ? heardOf(prompt).map((part) => ({ ...part, interruptible })) : [];

const recordingText = (url: string) =>
  ownRecording(url) ? t("♪ Recording") : t("♪ Recording: {url}", { url });

/** Whom it rings and how, and what limits the talk. */
function ringingText(dial: Dial): string {
  const inTurn = dial.strategy === "in_turn" && dial.targets.length > 1;
  const facts = [
    inTurn ? t("one after another") : "",
    dial.ring_seconds ? t("{n} s each", { n: dial.ring_seconds }) : "",
    dial.time_limit_seconds ? t("talk at most {n} s", { n: dial.time_limit_seconds }) : "",
    dial.record ? t("recorded") : "",
  ].filter(Boolean);
  const ringing = t("Ringing {who} …", { who: dial.targets.join(", ") });
  return facts.length > 0 ? `${ringing} (${facts.join(", ")})` : ringing;
}

export function lineOf(instruction: Instruction): Line[] {
  switch (instruction.type) {
    case "say":
      return [{ who: "flow", text: instruction.text }];
    case "play":
      return [{ who: "flow", text: recordingText(instruction.url) }];
    case "gather":
      return instruction.prompt ? lineOf(instruction.prompt) : [];
    case "record":
      return [
        ...(instruction.prompt ? lineOf(instruction.prompt) : []),
        { who: "call", text: t("Recording, {n} s at most.", { n: instruction.max_seconds }) },
      ];
    case "dial":
      return [{ who: "call", text: ringingText(instruction) }];
    case "answer":
      return [{ who: "call", text: t("The call is answered.") }];
    case "reject":
      return [{ who: "call", text: t("The call is rejected unanswered.") }];
    default:
      return [];
  }
}
