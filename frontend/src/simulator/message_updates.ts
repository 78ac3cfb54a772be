/** Lets the handset's messages walk to their end: pushed by the server, asked for when it is quiet. */
import { useEffect } from "react";
import { subscribe } from "../api/live";
import { isFinal, readMessage } from "../api/simulations";
import { builder, useBuilder } from "../store/builder";
import { isWalking } from "../store/simulation_slice";

const POLL_MS = 2000;
const ORDER = ["created", "pending", "sent", "remote-queued"];

export function useMessageUpdates(): void {
  const walking = useBuilder((state) => isWalking(state.simulation.messages));

  useEffect(
    () =>
      subscribe((event) => {
        if (event.type !== "message.updated") return;
        advance(event.sid, { status: event.status, error: event.error });
      }),
    [],
  );

  useEffect(() => {
    if (!walking) return;
    const timer = window.setInterval(() => void pollOnce(), POLL_MS);
    return () => window.clearInterval(timer);
  }, [walking]);
}

async function pollOnce(): Promise<void> {
  const open = builder().simulation.messages.filter((message) => !isFinal(message));
  for (const { sid } of open) {
    try {
      const { status, error } = await readMessage(sid);
      advance(sid, { status, error });
    } catch {
      return; // The next round asks again.
    }
  }
}

type Change = { status: string; error: { code: string; message: string } | null };

/** News can overtake each other: a message never walks back. */
function advance(sid: string, { status, error }: Change): void {
  const message = builder().simulation.messages.find((candidate) => candidate.sid === sid);
  if (!message) return;
  const back = ORDER.includes(status) && rank(status) < rank(message.status);
  if (!back) builder().updateMessage(sid, { status, error: error ?? message.error });
}

const rank = (status: string) => (ORDER.includes(status) ? ORDER.indexOf(status) : ORDER.length);
