// The account's live events, and an honest word on whether they arrive.

export interface MessageChange {
  readonly type: "message.updated" | "message.created";
  readonly sid: string;
  readonly status: string;
  readonly call_sid?: string;
}

export interface StepEvent {
  readonly type: "call.step";
  readonly call: string;
}

export interface QueueChange {
  readonly type: "approvals.changed";
  readonly waiting: number;
}

export type LiveEvent = MessageChange | StepEvent | QueueChange | { readonly type: "hello" };

export type LiveState = "live" | "reconnecting" | "paused" | "signed-out";

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
const CLOSED_FOR_GOOD = new Set([4401, 4403]);

export function isMessage(event: LiveEvent): event is MessageChange {
  return event.type === "message.updated" || event.type === "message.created";
}

/** How long to wait before the next attempt: doubling, with some chance so that pages do not come back together. */
export function delayBefore(attempt: number, chance: number): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS);
  return Math.round(delay * (0.75 + chance / 2));
}

/** One connection that comes back by itself. `heard` gets "hello" each time the server listens again. */
export class Live {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private timer = 0;
  private wanted = false;

  constructor(
    private readonly path: string,
    private readonly heard: (event: LiveEvent) => void,
    private readonly became: (state: LiveState) => void,
  ) {
    window.addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.retryNow();
    });
  }

  resume(): void {
    if (this.wanted) return;
    this.wanted = true;
    this.attempt = 0;
    this.became("reconnecting");
    this.open();
  }

  pause(): void {
    this.wanted = false;
    window.clearTimeout(this.timer);
    this.socket?.close();
    this.socket = null;
    this.became("paused");
  }

  get running(): boolean {
    return this.wanted;
  }

  private retryNow(): void {
    if (!this.wanted || this.socket !== null) return;
    window.clearTimeout(this.timer);
    this.open();
  }

  private open(): void {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${this.path}`);
    this.socket = socket;
    socket.onmessage = (message) => this.receive(String(message.data));
    socket.onclose = (closed) => {
      if (this.socket === socket) this.closed(closed.code);
    };
  }

  private receive(text: string): void {
    const event = JSON.parse(text) as LiveEvent;
    if (event.type === "hello") {
      this.attempt = 0;
      this.became("live");
    }
    this.heard(event);
  }

  private closed(code: number): void {
    this.socket = null;
    if (!this.wanted) return;
    if (CLOSED_FOR_GOOD.has(code)) {
      this.wanted = false;
      this.became("signed-out");
      return;
    }
    this.became("reconnecting");
    this.timer = window.setTimeout(() => this.open(), delayBefore(this.attempt, Math.random()));
    this.attempt += 1;
  }
}
