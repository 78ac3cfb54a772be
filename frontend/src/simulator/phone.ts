/** Plays the telephone's part of a simulated call: performs instructions, reports what happened. */
import { ApiError } from "../api/client";
import {
  type DialStatus,
  type Gather,
  type PhoneEvent,
  type Recorder,
  sendEvent,
  startCall,
  type Turn,
} from "../api/simulations";
import { t } from "../i18n";
import { triedStarts } from "../model/starts";
import { saveNow } from "../store/autosave";
import { builder, useBuilder } from "../store/builder";
import { reasonOf } from "../store/flow_slice";
import { type Line, NO_CALL, NO_TRACE } from "../store/simulation_slice";
import { entryOf } from "./entry";
import { heardOf, lineOf } from "./hearing";
import { hush, speak } from "./speech";

/** Counts calls, so that answers to a call that was left behind are dropped. */
let currentCall = 0;

export async function call(): Promise<void> {
  const { flowId, setup: wanted, applyForm, form, graph } = builder();
  const setup = { ...wanted, entry: entryOf(triedStarts(graph), wanted.entry) };
  if (form) applyForm("moved");
  currentCall += 1;
  const mine = currentCall;
  useBuilder.setState({ simulation: { ...NO_CALL, stage: "starting" }, trace: NO_TRACE });
  if (setup.entry === "inbound_sms") {
    builder().say({ who: "you", text: t("SMS: {text}", { text: setup.text }) });
  }
  if (setup.use === "draft") await saveNow();
  await attempt(mine, () => startCall({ flow: flowId, ...setup }));
}

export async function pressKey(key: string): Promise<void> {
  const { simulation, setSimulation } = builder();
  const { gather, busy, hearing } = simulation;
  if (!gather || busy || simulation.waitingFor !== "digits") return;
  if (hearing && !hearing.interruptible) return;
  hush();
  const finished = key === gather.finish_key;
  const digits = finished ? simulation.digits : simulation.digits + key;
  setSimulation({ digits });
  if (finished || digits.length >= gather.max_digits) await sendDigits(digits);
}

export async function sayNothing(): Promise<void> {
  await sendDigits(builder().simulation.digits);
}

async function sendDigits(digits: string): Promise<void> {
  const text = digits === "" ? t("(no key pressed)") : t("Pressed {digits}", { digits });
  builder().setSimulation({ digits: "" });
  await report({ type: "digits", digits }, { who: "you", text });
}

export async function leaveMessage(seconds: number): Promise<void> {
  const text = seconds ? t("(a message of {n} s)", { n: seconds }) : t("(nothing said)");
  await report({ type: "recorded", seconds }, { who: "you", text });
}

/** `number`: which of those that ring. */
export function agentAnswers(number: string): void {
  hush();
  const { dial } = builder().simulation;
  for (const line of dial?.whisper ? lineOf(dial.whisper) : []) {
    builder().say({ who: "call", text: t("Only the agent hears: {text}", { text: line.text }) });
  }
  const several = (dial?.targets.length ?? 0) > 1;
  const text = several
    ? t("{number} answered. They are talking.", { number })
    : t("The agent answered. They are talking.");
  builder().say({ who: "call", text });
  builder().setSimulation({ talkingSince: Date.now(), talkingTo: number });
}

/** Whole seconds the talk has lasted, one at least. */
function talkSeconds(since: number): number {
  return Math.max(1, Math.round((Date.now() - since) / 1000));
}

export async function endTalk(): Promise<void> {
  const { talkingSince, talkingTo } = builder().simulation;
  const seconds = talkSeconds(talkingSince ?? Date.now());
  const event = { type: "dial_ended", status: "answered", talk_seconds: seconds } as const;
  const text = t("The talk ended after {n} s.", { n: seconds });
  await report({ ...event, number: talkingTo }, { who: "call", text });
}

const DIAL_TEXTS: Readonly<Record<Exclude<DialStatus, "answered">, string>> = {
  busy: "The agent is busy.",
  no_answer: "Nobody answered.",
  failed: "The number could not be reached.",
};

export const refuseDial = (status: Exclude<DialStatus, "answered">) =>
  report(
    { type: "dial_ended", status, talk_seconds: 0 },
    { who: "call", text: t(DIAL_TEXTS[status]) },
  );

/** `spoken`: the seconds of a message that hanging up ends. */
export async function hangUp(spoken = 0): Promise<void> {
  const { stage, talkingSince } = builder().simulation;
  if (stage !== "running") return;
  const seconds = talkingSince === null ? spoken : talkSeconds(talkingSince);
  const talked = seconds ? { talk_seconds: seconds } : {};
  await report({ type: "hung_up", ...talked }, { who: "you", text: t("You hung up.") });
}

async function report(event: PhoneEvent, line?: Line): Promise<void> {
  const { simulation, setSimulation, say } = builder();
  if (simulation.stage !== "running" || simulation.busy) return;
  const mine = currentCall;
  hush();
  if (line) say(line);
  setSimulation({ busy: true, talkingSince: null });
  await attempt(mine, () => sendEvent(simulation.sid, event, crypto.randomUUID()));
}

async function attempt(mine: number, ask: () => Promise<Turn>): Promise<void> {
  try {
    const turn = await ask();
    if (mine === currentCall) await perform(turn, mine);
  } catch (error) {
    if (mine === currentCall) fail(error);
  }
}

function fail(error: unknown): void {
  const { simulation, setSimulation } = builder();
  const stage = simulation.stage === "starting" ? "idle" : simulation.stage;
  // An event the call did not wait for changed nothing: the call goes on.
  const harmless = error instanceof ApiError && error.status === 409 && stage === "running";
  setSimulation({ busy: false, stage, error: harmless ? null : reasonOf(error) });
}

async function perform(turn: Turn, mine: number): Promise<void> {
  const { setSimulation, say, muted } = builder();
  say(...turn.instructions.flatMap(lineOf));
  setSimulation({
    sid: turn.sid,
    stage: turn.ended ? "ended" : "running",
    steps: turn.steps,
    messages: turn.messages,
    waitingFor: turn.waiting_for,
    gather: turn.instructions.findLast((i): i is Gather => i.type === "gather") ?? null,
    dial: turn.instructions.findLast((i) => i.type === "dial") ?? null,
    record: turn.instructions.findLast((i): i is Recorder => i.type === "record") ?? null,
    endedReason: turn.ended_reason,
    error: null,
    busy: false,
  });
  if (turn.ended) say({ who: "call", text: endText(turn) });
  const finished = await speak(turn.instructions.flatMap(heardOf), muted, (part) =>
    setSimulation({ hearing: part && { interruptible: part.interruptible } }),
  );
  const waits = builder().simulation.waitingFor === "prompt_finished" && !turn.ended;
  if (finished && waits && mine === currentCall) await report({ type: "prompt_finished" });
}

function endText({ ended_reason }: Turn): string {
  return ended_reason
    ? t("The call ended: {reason}", { reason: ended_reason })
    : t("The call ended.");
}
