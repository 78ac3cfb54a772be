// "Which template is this?": the approved templates a text fits, or the three that come nearest.
import { follow, post } from "./ask";
import {
  callout,
  compared,
  correction,
  element,
  marked,
  type Problem,
  type Variable,
} from "./drawing";

type Template = { id: string; template_id: string; name: string; text: string };
type Match = Template & { variables: Variable[]; notes: Problem[] };
type Near = Template & {
  score: number;
  variables: Variable[];
  problems: Problem[];
  suggestion?: string;
};
type Answer = {
  matches: Match[];
  more: boolean;
  nearest: Near[];
  compared: number;
  sampled_body?: string;
};

// A call variable or an expression, as flows write them; {#var#} is the operators' own.
const CALL_VARIABLE = /\$\{\{|\{[A-Za-z_]/;

// Of texts with less in common a comparison word by word says nothing.
const RELATED = 0.6;

function card(template: Template, badge: string, tone: string): HTMLElement {
  const source = document.querySelector<HTMLTemplateElement>("#match-card");
  const made = source?.content.firstElementChild?.cloneNode(true) as HTMLElement;
  const fill = (name: string, text: string) => {
    const spot = made.querySelector<HTMLElement>(`[data-${name}]`);
    if (spot) spot.textContent = text;
    return spot;
  };
  fill("name", template.name)?.setAttribute("href", `/dlt/templates/${template.id}/`);
  fill("id", template.template_id);
  fill("badge", badge)?.classList.add(tone);
  made.querySelector<HTMLElement>(".copy")?.setAttribute("data-copy", template.template_id);
  return made;
}

function list(items: string[]): HTMLElement {
  const made = element("ul", "");
  made.append(...items.map((item) => element("li", "", item)));
  return made;
}

function matchCard(match: Match, body: string): HTMLElement {
  const made = card(match, "This is it", "ok");
  const inner = made.querySelector("[data-body]");
  inner?.append(marked(body, match.variables));
  if (match.variables.length) {
    inner?.append(
      list(
        match.variables.map(
          ({ index, value, limit }) =>
            `Variable ${index}: ${[...value].length} of ${limit} characters`,
        ),
      ),
    );
  }
  if (match.notes.length) {
    const notes = match.notes.map(({ message }) => message);
    inner?.append(callout("warn", "Some operators may object", notes));
  }
  return made;
}

function nearCard(near: Near, body: string, use?: (text: string) => void): HTMLElement {
  const made = card(near, `${Math.floor(near.score * 100)} % of its text`, "plain");
  const inner = made.querySelector("[data-body]");
  if (near.score < RELATED) {
    inner?.append(element("h3", "", "Registered text"), element("p", "msg box small", near.text));
  } else {
    inner?.append(compared(body, near.variables, near.problems));
  }
  inner?.append(list(near.problems.map(({ message }) => message)));
  if (near.suggestion && use) {
    inner?.append(element("h3", "", "As it should be"), ...correction(near.suggestion, use));
  }
  return made;
}

function verdict(answer: Answer): HTMLElement[] {
  if (answer.matches.length > 1) {
    const line = "A message with this text should name the one it means.";
    return [
      callout(
        "warn",
        `${answer.more ? "More than 20" : answer.matches.length} templates have this text`,
        [line],
      ),
    ];
  }
  if (answer.matches.length) return [];
  if (answer.nearest.length) {
    return [callout("bad", "No approved template has this text", ["These come nearest:"])];
  }
  return [
    callout("bad", "No approved template has this text", [
      answer.compared ? "None comes near it either." : "There is no approved template yet.",
    ]),
  ];
}

function watch(box: HTMLElement): void {
  const input = box.querySelector("textarea");
  const output = box.querySelector<HTMLElement>("[data-result]");
  const status = box.querySelector<HTMLElement>("[data-status]");
  if (!input || !output || !status) return;
  const show = (told: string, ...parts: HTMLElement[]) => {
    status.textContent = told;
    output.replaceChildren(...parts);
  };
  const use = follow(input, {
    ask: async (body, signal) => {
      const sample = CALL_VARIABLE.test(body);
      const answer = await post<Answer>("/api/v1/dlt/match", { body, sample }, signal);
      const sent = answer.sampled_body ?? body;
      // A correction with sample values in it is nothing to go on with.
      const cards = [
        ...answer.matches.map((match) => matchCard(match, sent)),
        ...answer.nearest.map((near) => nearCard(near, sent, sample ? undefined : use)),
      ];
      const found = answer.matches.length || "None";
      const told = `${found} of ${answer.compared.toLocaleString("en-IN")} approved templates.`;
      show(
        sample ? `${told} Sample values stand for the call's variables.` : told,
        ...verdict(answer),
        ...cards,
      );
    },
    clear: () => show(""),
    failed: (message) => show("", callout("bad", "Not compared", [message])),
  });
}

export function watchMatchBoxes(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-match]")) watch(box);
}
