/** What the server pushes over /ws/account/. Reconnects for as long as somebody listens. */

export type LiveEvent =
  | {
      readonly type: "message.updated";
      readonly sid: string;
      readonly status: string;
      readonly error: { readonly code: string; readonly message: string } | null;
    }
  | { readonly type: "call.step"; readonly call: string }
  /** The registries changed under these flows; null: under so many that each looks for itself. */
  | { readonly type: "flows.checked"; readonly flows: readonly string[] | null }
  /** A recording was converted, or could not be. */
  | { readonly type: "audio.updated"; readonly sid: string }
  | CountsEvent
  | { readonly type: "hello" };

/** What turns of calls add to the counts of a flow: visits, skipped and ended by node, calls by node and port. */
export interface CountsEvent {
  readonly type: "flow.counts";
  readonly flow: string;
  readonly version: number | null;
  readonly tests: boolean;
  readonly nodes: Readonly<Record<string, readonly [number, number, number]>>;
  readonly ports: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/** Call `listen` for every event until the returned function is called. */
export function subscribe(listen: (event: LiveEvent) => void): () => void {
  let socket: WebSocket | null = null;
  let delay = FIRST_DELAY_MS;
  let timer = 0;
  let stopped = false;

  const open = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    socket = new WebSocket(`${scheme}://${location.host}/ws/account/`);
    socket.onopen = () => {
      delay = FIRST_DELAY_MS;
    };
    socket.onmessage = (message) => {
      const event = parse(message.data);
      if (event) listen(event);
    };
    socket.onclose = () => {
      if (stopped) return;
      timer = window.setTimeout(open, delay);
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    };
  };

  open();
  return () => {
    stopped = true;
    window.clearTimeout(timer);
    socket?.close();
  };
}

function parse(text: unknown): LiveEvent | null {
  try {
    return JSON.parse(String(text)) as LiveEvent;
  } catch {
    return null;
  }
}
