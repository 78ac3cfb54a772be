// "Try a text": compares what is typed with the template, live, through the public check API.
import { follow, post } from "./ask";
import { callout, correction, element, marked, type Problem, type Variable } from "./drawing";

type Other = { template_id: string; name: string };
type Answer = {
  match: boolean;
  variables: Variable[];
  problems: Problem[];
  suggestion?: string | null;
  other_matches: Other[];
};

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
  if (answer.suggestion) shown.push(...correction(answer.suggestion, use));
  return shown;
}

function watch(box: HTMLElement): void {
  const input = box.querySelector("textarea");
  const output = box.querySelector<HTMLElement>("[data-result]");
  if (!input || !output) return;
  const use = follow(input, {
    ask: async (body, signal) => {
      const asked = { template_id: box.dataset.try ?? "", body };
      const answer = await post<Answer>("/api/v1/dlt/check", asked, signal);
      output.replaceChildren(...(answer.match ? matched(body, answer) : refused(answer, use)));
    },
    clear: () => output.replaceChildren(),
    failed: (message) => output.replaceChildren(callout("bad", "Not checked", [message])),
  });
}

export function watchTryBoxes(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-try]")) watch(box);
}
