// How a compared text is drawn: its values marked, and what differs.

export type Variable = {
  index: number;
  value: string;
  start: number;
  end: number;
  limit: number | null;
};
export type Problem = {
  code: string;
  message: string;
  position?: number;
  expected?: string;
  found?: string;
  variable?: number;
};

/** A stretch of the text that is shown apart; ``added`` is registered text that stands in its place. */
type Mark = { start: number; end: number; draw: (text: string) => Node[] };

export function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function callout(kind: "ok" | "bad" | "warn", title: string, lines: string[]): HTMLElement {
  const box = element("div", `callout ${kind}`);
  const inner = element("div", "grow");
  inner.append(element("b", "", title));
  for (const line of lines) inner.append(element("div", "", line));
  box.append(inner);
  return box;
}

/** Positions count characters of the body as the server compares it. */
export function normalised(body: string): string[] {
  const text = body.replace(/\r\n?/g, "\n").normalize("NFC");
  return [...text.replace(/^[ \t\n]+|[ \t\n]+$/g, "")];
}

/** Draw the body with the value of each variable marked. */
export function marked(body: string, variables: Variable[]): HTMLElement {
  return drawn(normalised(body), variables.map(valueMark(new Set())));
}

/** Draw the body with its values and, in the registered text, what was sent and what was expected. */
export function compared(body: string, variables: Variable[], problems: Problem[]): HTMLElement {
  const characters = normalised(body);
  const wrong = new Set(problems.flatMap(({ variable }) => (variable ? [variable] : [])));
  const differing = problems.flatMap((problem) => differenceMark(characters, problem));
  return drawn(characters, [...differing, ...variables.map(valueMark(wrong))]);
}

export function correction(suggestion: string, use: (text: string) => void): HTMLElement[] {
  const row = element("div", "row");
  const button = element("button", "btn s", "Use the corrected text");
  button.setAttribute("type", "button");
  button.addEventListener("click", () => use(suggestion));
  row.append(button);
  return [element("p", "msg box small", suggestion), row];
}

function valueMark(wrong: Set<number>): (variable: Variable) => Mark {
  return ({ start, end, index }) => ({
    start,
    end,
    draw: (text) => {
      const value = element("span", wrong.has(index) ? "val bad" : "val", text);
      value.title = `Variable ${index}`;
      return [value];
    },
  });
}

function differenceMark(characters: string[], problem: Problem): Mark[] {
  const { position, expected = "", found = "", variable } = problem;
  if (problem.code !== "STATIC_MISMATCH" || position === undefined || variable) return [];
  const sent = [...found];
  const start = startOf(characters, sent, position - 1);
  const draw = (text: string) => [
    ...(text ? [element("del", "", text)] : []),
    ...(expected ? [element("ins", "", expected)] : []),
  ];
  return [{ start, end: start + sent.length, draw }];
}

/** The sentence names the first character that differs; the words around it begin before it. */
function startOf(characters: string[], sent: string[], at: number): number {
  const starts = (from: number) => sent.every((char, index) => characters[from + index] === char);
  for (let from = at; from >= 0 && from > at - sent.length; from--) if (starts(from)) return from;
  return at;
}

function drawn(characters: string[], marks: Mark[]): HTMLElement {
  const box = element("p", "msg box");
  let at = 0;
  for (const { start, end, draw } of marks.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at) continue;
    box.append(characters.slice(at, start).join(""));
    box.append(...draw(characters.slice(start, end).join("")));
    at = end;
  }
  box.append(characters.slice(at).join(""));
  return box;
}
