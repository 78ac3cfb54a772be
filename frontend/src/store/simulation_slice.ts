/** The simulated phone: the call as it stands, and the path it took over the canvas. */
import {
  type AwaitedEvent,
  type CallSetup,
  type Dial,
  type Gather,
  isFinal,
  type Message,
  type Recorder,
  type Step,
} from "../api/simulations";
import type { GetBuilder, SetBuilder } from "./builder";

export type Line =
  | { readonly who: "flow" | "you"; readonly text: string }
  | { readonly who: "call"; readonly text: string };

export interface Simulation {
  readonly stage: "idle" | "starting" | "running" | "ended";
  readonly sid: string;
  readonly lines: readonly Line[];
  readonly steps: readonly Step[];
  readonly messages: readonly Message[];
  readonly waitingFor: AwaitedEvent | null;
  readonly gather: Gather | null;
  readonly dial: Dial | null;
  /** Who answered: one of the numbers that rang. */
  readonly talkingTo: string;
  readonly record: Recorder | null;
  /** What is heard at the moment, as far as keys are concerned. */
  readonly hearing: { readonly interruptible: boolean } | null;
  readonly talkingSince: number | null;
  readonly digits: string;
  readonly endedReason: string | null;
  readonly error: string | null;
  /** An event is on its way to the server. */
  readonly busy: boolean;
}

export interface Trace {
  readonly nodes: ReadonlySet<string>;
  readonly wires: ReadonlySet<string>;
  /** Where the call waits now. */
  readonly at: string | null;
}

/** Which ways out the saved tests take, over the canvas. */
export interface Covered {
  /** "node:port". */
  readonly ports: ReadonlySet<string>;
  readonly text: string;
}

export const NO_CALL: Simulation = {
  stage: "idle",
  sid: "",
  lines: [],
  steps: [],
  messages: [],
  waitingFor: null,
  gather: null,
  dial: null,
  talkingTo: "",
  record: null,
  hearing: null,
  talkingSince: null,
  digits: "",
  endedReason: null,
  error: null,
  busy: false,
};
export const NO_TRACE: Trace = { nodes: new Set(), wires: new Set(), at: null };

export interface SimulationSlice {
  readonly simulatorOpen: boolean;
  readonly setup: Omit<CallSetup, "flow">;
  readonly muted: boolean;
  readonly simulation: Simulation;
  readonly trace: Trace;
  /** Null: not shown. */
  readonly coverage: Covered | null;
  openSimulator(): void;
  setSimulation(change: Partial<Simulation>): void;
  say(...lines: readonly Line[]): void;
  updateMessage(sid: string, change: Partial<Message>): void;
  clearTrace(): void;
}

export function createSimulationSlice(set: SetBuilder, get: GetBuilder): SimulationSlice {
  return {
    simulatorOpen: false,
    setup: { use: "draft", from: "+919876543210", to: "", entry: "inbound_call", text: "" },
    muted: false,
    simulation: NO_CALL,
    trace: NO_TRACE,
    coverage: null,

    openSimulator: () => {
      const { setup, numbers } = get();
      const to = setup.to || (numbers[0] ?? "+918047123300");
      set({ simulatorOpen: true, setup: { ...setup, to } });
    },
    setSimulation: (change) =>
      set(({ simulation, trace }) => {
        const next = { ...simulation, ...change };
        const moved = next.steps !== simulation.steps || next.stage !== simulation.stage;
        return { simulation: next, trace: moved ? traceOf(next) : trace };
      }),
    say: (...lines) =>
      set(({ simulation }) => ({
        simulation: { ...simulation, lines: [...simulation.lines, ...lines] },
      })),
    updateMessage: (sid, change) =>
      set(({ simulation }) => ({
        simulation: {
          ...simulation,
          messages: simulation.messages.map((message) =>
            message.sid === sid ? { ...message, ...change } : message,
          ),
        },
      })),
    clearTrace: () => set({ trace: NO_TRACE }),
  };
}

export function traceOf({ steps, stage }: Pick<Simulation, "steps" | "stage">): Trace {
  const passed = steps.filter((step) => step.port !== null && !step.skipped);
  return {
    nodes: new Set(steps.map((step) => step.node)),
    wires: new Set(passed.map((step) => `${step.node}:${step.port}`)),
    at: stage === "running" ? (steps.at(-1)?.node ?? null) : null,
  };
}

export const isWalking = (messages: readonly Message[]) => messages.some((m) => !isFinal(m));
