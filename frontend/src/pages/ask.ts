// A question to the API that follows what is typed: one at a time, the last one counts.
import { csrfToken } from "./csrf";

const WAIT_MS = 250;

export async function post<Answer>(
  path: string,
  data: Record<string, unknown>,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(data),
    signal,
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error?.message ?? "The server did not answer.");
  return answer as Answer;
}

type Listener = {
  /** Ask and show; it is called again while an older question may be under way. */
  ask: (body: string, signal: AbortSignal) => Promise<void>;
  clear: () => void;
  failed: (message: string) => void;
};

/** Ask a moment after each change; returns what puts another text into the field. */
export function follow(
  input: HTMLTextAreaElement,
  { ask, clear, failed }: Listener,
): (text: string) => void {
  let running = new AbortController();
  let timer = 0;
  const run = async () => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    if (!input.value.trim()) return clear();
    try {
      await ask(input.value, signal);
    } catch (error) {
      if (!signal.aborted && error instanceof Error) failed(error.message);
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void run(), WAIT_MS);
  });
  if (input.value) void run();
  return (text) => {
    input.value = text;
    void run();
    input.focus();
  };
}
