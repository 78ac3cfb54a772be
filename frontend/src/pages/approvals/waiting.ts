// How many records wait, beside "Approvals" in the sidebar; kept current on every page.
import { onLive } from "../live";

export function watchWaiting(): void {
  if (!document.querySelector("[data-approvals-count]")) return;
  onLive("approvals.changed", (event) => {
    if (event?.waiting !== undefined) showWaiting(event.waiting);
  });
}

function showWaiting(count: number): void {
  for (const badge of document.querySelectorAll<HTMLElement>("[data-approvals-count]")) {
    badge.hidden = count === 0;
    const figure = badge.firstElementChild ?? badge;
    figure.textContent = String(count);
  }
}
