// The bell: how many notices are unread, kept current; opening one from the list marks it as read.
import htmx from "htmx.org";
import { csrfToken } from "./csrf";
import { onLive } from "./live";

const QUIET_MS = 400;

async function count(): Promise<void> {
  const answer = await fetch("/api/v1/notices?unread=true", { credentials: "same-origin" });
  if (!answer.ok) return;
  const { unread } = (await answer.json()) as { unread: number };
  for (const badge of document.querySelectorAll<HTMLElement>("[data-notices-count]")) {
    badge.hidden = unread === 0;
    const figure = badge.firstElementChild;
    if (figure) figure.textContent = String(unread);
  }
}

/** Read the list again, unless somebody's focus is in it. */
function refreshList(): void {
  const list = document.querySelector<HTMLElement>("#notices");
  if (list && !list.contains(document.activeElement)) htmx.trigger(list, "refresh", {});
}

export function watchNotices(): void {
  if (!document.querySelector("[data-notices-count]")) return;
  let timer = 0;
  onLive("notices.changed", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      void count().catch(() => undefined); // The next event counts again.
      refreshList();
    }, QUIET_MS);
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("a[data-notice]");
    if (link?.dataset.notice) markRead(Number(link.dataset.notice));
  });
}

/** The page leaves at once; the request goes on without it. */
function markRead(id: number): void {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
  const body = JSON.stringify({ ids: [id] });
  void fetch("/api/v1/notices/read", { method: "POST", headers, body, keepalive: true });
}
