// The approval queue: j and k walk it, a approves, r opens the rejection; it reads itself again when it changed.
import htmx from "htmx.org";
import { onLive } from "./live";

const POLL_SECONDS = 20;

function cards(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-review]")];
}

function currentIndex(all: HTMLElement[]): number {
  return all.findIndex((card) => card.getAttribute("aria-current") === "true");
}

function select(card: HTMLElement | undefined): void {
  if (!card) return;
  for (const other of cards()) other.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function press(key: string): void {
  const all = cards();
  const index = currentIndex(all);
  if (key === "j") select(all[Math.min(index + 1, all.length - 1)]);
  if (key === "k") select(all[Math.max(index - 1, 0)]);
  if (key === "a") all[index]?.querySelector<HTMLElement>("[data-approve]")?.click();
  if (key === "r") all[index]?.querySelector<HTMLElement>("[data-reject]")?.click();
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    target.closest("input, textarea, select") !== null
  );
}

function refresh(queue: HTMLElement): void {
  const busy = document.querySelector("dialog[open]") !== null || document.hidden;
  if (!busy) htmx.trigger(queue, "refresh", {});
}

/** After a refresh the selected card is selected again and the sidebar shows the new count. */
function afterRefresh(selected: string): void {
  const card = selected ? document.getElementById(selected) : null;
  if (card) select(card);
  const waiting =
    document.querySelector<HTMLElement>("#queue > [data-waiting]")?.dataset.waiting ?? "0";
  for (const badge of document.querySelectorAll<HTMLElement>("[data-approvals-count]")) {
    badge.hidden = waiting === "0";
    const figure = badge.firstElementChild;
    if (figure) figure.textContent = waiting;
  }
}

export function watchApprovals(): void {
  const queue = document.querySelector<HTMLElement>("#queue");
  if (!queue) return;
  let selected = "";
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || document.querySelector("dialog[open]")) return;
    press(event.key.toLowerCase());
  });
  queue.addEventListener("htmx:beforeRequest", () => {
    const all = cards();
    selected = all[currentIndex(all)]?.id ?? "";
  });
  queue.addEventListener("htmx:afterSettle", () => afterRefresh(selected));
  setInterval(() => refresh(queue), POLL_SECONDS * 1000);
  onLive("approvals.changed", () => refresh(queue));
}
