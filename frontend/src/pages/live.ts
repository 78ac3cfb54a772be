// The account's live events, over one connection per page; a lost one is tried again.

const RECONNECT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 300;

type Listener = () => void;
const listeners = new Map<string, Listener[]>();

/** Call `heard` for each event of this type, and when the connection is back: some may have been missed. */
export function onLive(type: string, heard: Listener): void {
  const first = listeners.size === 0;
  listeners.set(type, [...(listeners.get(type) ?? []), heard]);
  const path = document.body.dataset.live;
  if (first && path) connect(path, RECONNECT_SECONDS, false);
}

function connect(path: string, wait: number, again: boolean): void {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}${path}`);
  let next = Math.min(wait * 2, LONGEST_WAIT_SECONDS);
  socket.addEventListener("open", () => {
    next = RECONNECT_SECONDS;
    if (again) for (const all of listeners.values()) for (const heard of all) heard();
  });
  socket.addEventListener("message", (event: MessageEvent<string>) => {
    const { type = "" } = JSON.parse(event.data) as { type?: string };
    for (const heard of listeners.get(type) ?? []) heard();
  });
  socket.addEventListener("close", () => {
    setTimeout(() => connect(path, next, true), wait * 1000);
  });
}
