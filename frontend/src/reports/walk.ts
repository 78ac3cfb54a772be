// A message's badge walks through every status it had, slowly enough to be seen.

interface State {
  readonly label: string;
  readonly tone: string;
}

const STATES: Record<string, State> = {
  created: { label: "Created", tone: "" },
  pending: { label: "Pending", tone: "" },
  sent: { label: "Sent", tone: "info" },
  "remote-queued": { label: "Queued at carrier", tone: "info" },
  delivered: { label: "Delivered", tone: "ok" },
  error: { label: "Refused", tone: "bad" },
  failed: { label: "Failed", tone: "bad" },
  expired: { label: "Expired", tone: "warn" },
};
const ORDER = ["created", "pending", "sent", "remote-queued", "delivered"];

export const STEP_MS = 320;

/** The statuses still to be shown between what a row shows and what it became; never backwards. */
export function stepsBetween(shown: string, heard: readonly string[], final: string): string[] {
  const steps: string[] = [];
  let last = shown;
  for (const status of [...heard, final]) {
    const behind = ORDER.includes(status) && ORDER.indexOf(status) <= ORDER.indexOf(last);
    if (status === last || behind) continue;
    steps.push(status);
    last = status;
  }
  return steps;
}

function draw(row: HTMLElement, status: string): void {
  const badge = row.querySelector<HTMLElement>("[data-badge]");
  const state = STATES[status];
  if (!badge || !state) return;
  badge.className = `badge ${state.tone}`;
  badge.textContent = state.label;
  row.dataset.status = status;
}

/** Show a row's next status at once, before the server was asked for the rest of the row. */
export function showStatus(row: HTMLElement, status: string): void {
  if (stepsBetween(row.dataset.status ?? "", [], status).length > 0) draw(row, status);
}

/** Put `fresh` in the place of `row` once its badge has walked there. */
export async function walkTo(
  row: HTMLElement,
  heard: readonly string[],
  fresh: HTMLElement,
): Promise<void> {
  const final = fresh.dataset.status ?? "";
  for (const status of stepsBetween(row.dataset.status ?? "", heard, final).slice(0, -1)) {
    draw(row, status);
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  fresh.classList.add("changed");
  if (row.isConnected) row.replaceWith(fresh);
}
