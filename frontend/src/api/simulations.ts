import { get, post } from "./client";

export type Instruction =
  | { readonly type: "answer" }
  | {
      readonly type: "say";
      readonly text: string;
      readonly language?: string | null;
      readonly interruptible?: boolean;
    }
  | {
      readonly type: "play";
      readonly url: string;
      readonly loop?: number;
      readonly interruptible?: boolean;
    }
  | Gather
  | Dial
  | Recorder
  | { readonly type: "hangup" | "reject"; readonly reason?: string | null };

export interface Gather {
  readonly type: "gather";
  readonly prompt: Instruction | null;
  readonly max_digits: number;
  readonly finish_key?: string | null;
  readonly timeout_seconds?: number;
  readonly interruptible?: boolean;
}

export interface Dial {
  readonly type: "dial";
  readonly targets: readonly string[];
  readonly strategy?: string;
  readonly ring_seconds?: number;
  readonly caller_id?: string | null;
  readonly record?: boolean;
  readonly time_limit_seconds?: number;
  /** What only the one who answers hears, before the talk. */
  readonly whisper?: Instruction | null;
}

export interface Recorder {
  readonly type: "record";
  readonly prompt: Instruction | null;
  readonly max_seconds: number;
  readonly beep?: boolean;
}

export interface Step {
  readonly index: number;
  readonly node: string;
  readonly applet: string;
  readonly name: string;
  readonly port: string | null;
  readonly at?: string;
  readonly ms?: number;
  readonly note?: string | null;
  readonly skipped?: boolean;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface Message {
  readonly sid: string;
  readonly to: string;
  readonly from: string | null;
  readonly body: string | null;
  readonly status: string;
  readonly error: Refusal | null;
  readonly parts?: number | null;
  readonly encoding?: string | null;
  readonly node?: string | null;
  readonly cost?: string | null;
  readonly currency?: string | null;
  readonly dlt?: {
    readonly problems?: readonly {
      readonly message: string;
      readonly position?: number | null;
      readonly found?: string | null;
    }[];
  } | null;
}

export type AwaitedEvent = "prompt_finished" | "digits" | "dial_ended" | "recorded";

export interface Turn {
  readonly sid: string;
  readonly instructions: readonly Instruction[];
  readonly steps: readonly Step[];
  readonly messages: readonly Message[];
  readonly ended: boolean;
  readonly ended_reason: string | null;
  readonly waiting_for: AwaitedEvent | null;
}

export type DialStatus = "answered" | "busy" | "no_answer" | "failed";

export type PhoneEvent =
  | { readonly type: "digits"; readonly digits: string }
  | { readonly type: "prompt_finished" }
  | {
      readonly type: "dial_ended";
      readonly status: DialStatus;
      readonly talk_seconds: number;
      readonly number?: string;
    }
  | { readonly type: "recorded"; readonly seconds: number }
  | { readonly type: "hung_up"; readonly talk_seconds?: number };

export interface CallSetup {
  readonly flow: string;
  readonly use: "draft" | "live";
  readonly from: string;
  readonly to: string;
  readonly entry: "inbound_call" | "inbound_sms" | "api";
  /** The body of the SMS that comes in. */
  readonly text: string;
}

const FINAL = new Set(["delivered", "error", "failed", "expired"]);
export const isFinal = (message: Message) => FINAL.has(message.status);

export const startCall = (setup: CallSetup) => post<Turn>("/simulations", setup);
export const sendEvent = (sid: string, event: PhoneEvent, key: string) =>
  post<Turn>(`/simulations/${encodeURIComponent(sid)}/events`, { ...event, key });
export const readMessage = (sid: string) => get<Message>(`/sms/${encodeURIComponent(sid)}`);
