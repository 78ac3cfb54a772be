// "Try a text": compares what is typed with the template, live, through the public check API.
import { csrfToken } from "./csrf";

type Variable = { index: number; value: string; start: number; end: number; limit: number | null };
type Problem = { code: string; message: string };
type Other = { template_id: string; name: string };
type Answer = {
  match: boolean;
  variables: Variable[];
  problems: Problem[];
  suggestion?: string | null;
  other_matches: Other[];
};

const WAIT_MS = 250;

function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function callout(kind: "ok" | "bad", title: string, lines: string[]): HTMLElement {
  const box = element("div", `callout ${kind}`);
  const inner = element("div", "grow");
  inner.append(element("b", "", title));
  for (const line of lines) inner.append(element("div", "", line));
  box.append(inner);
  return box;
}

/** Positions count characters of the body as the server compares it. */
function normalised(body: string): string[] {
  const text = body.replace(/\r\n?/g, "\n").normalize("NFC");
  return [...text.replace(/^[ \t\n]+|[ \t\n]+$/g, "")];
}

/** Draw the body with the value of each variable marked. */
function marked(body: string, variables: Variable[]): HTMLElement {
  const box = element("p", "msg box");
  const characters = normalised(body);
  let at = 0;
  for (const { start, end, index } of variables) {
    box.append(characters.slice(at, start).join(""));
    const value = element("span", "val", characters.slice(start, end).join(""));
    value.title = `Variable ${index}`;
    box.append(value);
    at = end;
  }
  box.append(characters.slice(at).join(""));
  return box;
}

function matched(body: string, { variables }: Answer): HTMLElement[] {
  const values = variables.map(({ index, value, limit }) => {
    const room = limit === null ? "" : ` of ${limit}`;
    return `Variable ${index}: ${[...value].length}${room} characters`;
  });
  return [callout("ok", "Matches the template", values), marked(body, variables)];
}

function refused(answer: Answer, use: (text: string) => void): HTMLElement[] {
  const lines = answer.problems.map(({ message }) => message);
  const shown = [callout("bad", "Does not match", lines)];
  for (const { name, template_id } of answer.other_matches) {
    shown.push(element("p", "small soft", `It is the text of “${name}” (${template_id}).`));
  }
  if (answer.suggestion) {
    const row = element("div", "row");
    const button = element("button", "btn s", "Use the corrected text");
    button.setAttribute("type", "button");
    const { suggestion } = answer;
    button.addEventListener("click", () => use(suggestion));
    row.append(button);
    shown.push(element("p", "msg box small", suggestion), row);
  }
  return shown;
}

async function ask(template: string, body: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch("/api/v1/dlt/check", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify({ template_id: template, body }),
    signal,
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error?.message ?? "The check did not answer.");
  return answer as Answer;
}

function watch(box: HTMLElement): void {
  const input = box.querySelector("textarea");
  const output = box.querySelector<HTMLElement>("[data-result]");
  if (!input || !output) return;
  let running = new AbortController();
  let timer = 0;

  const use = (text: string) => {
    input.value = text;
    void run();
    input.focus();
  };
  const run = async () => {
    running.abort();
    running = new AbortController();
    const body = input.value;
    if (!body) return output.replaceChildren();
    try {
      const answer = await ask(box.dataset.try ?? "", body, running.signal);
      output.replaceChildren(...(answer.match ? matched(body, answer) : refused(answer, use)));
    } catch (error) {
      if (error instanceof Error && error.name !== "AbortError") {
        output.replaceChildren(callout("bad", "Not checked", [error.message]));
      }
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void run(), WAIT_MS);
  });
  if (input.value) void run();
}

export function watchTryBoxes(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-try]")) watch(box);
}
