// The account's live events, over one connection per page; a lost one is tried again.
import { Live, type LiveState } from "../reports/live";

/** An event as it came, or nothing after a connection that was lost: some may have been missed. */
export type Heard = { readonly type: string; readonly waiting?: number } | null;

type Listener = (event: Heard) => void;
const listeners = new Map<string, Listener[]>();
const watchers: ((state: LiveState) => void)[] = [];
let live: Live | null = null;
let greeted = false;

/** Call `heard` for each event of this type, and when the connection is back: some may have been missed. */
export function onLive(type: string, heard: Listener): void {
  listeners.set(type, [...(listeners.get(type) ?? []), heard]);
  connection();
}

/** Call `became` with the state of the connection, now and whenever it changes. */
export function onLiveState(became: (state: LiveState) => void): Live | null {
  watchers.push(became);
  became("reconnecting");
  return connection();
}

function connection(): Live | null {
  const path = document.body.dataset.live;
  if (live || !path) return live;
  live = new Live(path, receive, (state) => {
    for (const became of watchers) became(state);
  });
  live.resume();
  return live;
}

function receive(event: { type: string; waiting?: number }): void {
  if (event.type === "hello") {
    if (greeted) for (const all of listeners.values()) for (const heard of all) heard(null);
    greeted = true;
  }
  for (const heard of listeners.get(event.type) ?? []) heard(event);
}
