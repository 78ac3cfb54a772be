// The approval desk: what a press of a key does, and how the page follows what others decide.
import htmx from "htmx.org";
import { LiveBadge, watchBadges } from "../../reports/badge";
import { onLive, onLiveState } from "../live";
import { pressed } from "./keys";
import {
  chosenKey,
  currentRow,
  forgetChoice,
  markChosen,
  nextKey,
  rowOf,
  rows,
  select,
  showRecord,
} from "./queue";
import { watchSelection } from "./selection";

const POLL_SECONDS = 60;

let busy = false;

function queue(): HTMLElement | null {
  return document.querySelector("#queue");
}

/** Read the queue again; the record shown stays as it is. */
function refresh(): void {
  if (document.hidden || busy || !queue()) return;
  const address = new URL(location.href);
  const shown = chosenKey();
  if (shown) address.searchParams.set("at", shown);
  void htmx.ajax("get", address.pathname + address.search, {
    source: "#queue",
    target: "#queue",
    swap: "innerHTML",
  });
}

/** What was ticked before the queue was read again, and where the focus was. */
interface Kept {
  readonly ticked: ReadonlySet<string>;
  readonly focused: string;
}

function keep(): Kept {
  const ticked = new Set(
    [...document.querySelectorAll<HTMLInputElement>("#queue input:checked")].map(
      (box) => box.value,
    ),
  );
  const row = document.activeElement?.closest<HTMLElement>("#queue [data-key]");
  return { ticked, focused: row?.dataset.key ?? "" };
}

function restore({ ticked, focused }: Kept): void {
  for (const box of document.querySelectorAll<HTMLInputElement>("#queue input[name=records]")) {
    box.checked = ticked.has(box.value) && !box.disabled;
  }
  if (focused) rowOf(focused)?.querySelector<HTMLElement>("[data-row]")?.focus();
}

/** Someone else decided about the record shown: say so, unless a dialog is open over it. */
function noteDecided(): void {
  const review = document.querySelector<HTMLElement>("[data-review][data-pending]");
  const key = review?.dataset.review;
  if (key !== chosenKey()) return;
  if (!key || rowOf(key)) return;
  if (document.querySelector("dialog[open]")) return;
  showRecord(key, new URL(location.href));
}

function watchRefreshes(): void {
  let kept: Kept = { ticked: new Set(), focused: "" };
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ((event.target as Element).id === "queue") kept = keep();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.target as HTMLElement;
    if (target.id === "queue") {
      restore(kept);
      markChosen();
      noteDecided();
    }
    if (target.id === "desk") arrived();
    if (target.closest("#desk")) currentRow()?.scrollIntoView({ block: "nearest" });
  });
  for (const name of ["htmx:beforeRequest", "htmx:afterRequest"]) {
    document.addEventListener(name, (event) => {
      const { requestConfig } = (event as CustomEvent<{ requestConfig: { verb: string } }>).detail;
      if (requestConfig.verb === "post") busy = name === "htmx:beforeRequest";
    });
  }
  document.addEventListener("htmx:responseError", () => location.reload());
  document.addEventListener("close", () => setTimeout(noteDecided), true);
}

/** A decision was made: what was asked about it is answered. */
function arrived(): void {
  forgetChoice();
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) dialog.close();
}

/** A click on a row shows its record beside the queue, without a new page. */
function watchClicks(): void {
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("[data-row]");
    const row = link?.closest<HTMLElement>("[data-key]");
    if (!row) return;
    event.preventDefault();
    select(row);
  });
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as Element;
  const writes = "input:not([type=checkbox]):not([type=radio]), textarea, select";
  return event.ctrlKey || event.metaKey || event.altKey || target.closest(writes) !== null;
}

function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && (event.target as Element).matches("[data-search]")) {
      (event.target as HTMLElement).blur();
      return;
    }
    if (busy || isTyping(event)) return;
    if (pressed(event.key)) event.preventDefault();
  });
}

/** Say whether others' decisions arrive; a swap brings a new badge, which must say it too. */
function showState(): void {
  const badge = new LiveBadge("");
  const live = onLiveState((state) => badge.show(state));
  if (live) watchBadges(live);
  const reveal = () => {
    for (const shown of document.querySelectorAll<HTMLElement>("[data-live-badge]")) {
      shown.hidden = false;
    }
  };
  reveal();
  document.addEventListener("htmx:afterSettle", () => {
    reveal();
    badge.draw();
  });
}

export function watchApprovals(): void {
  if (!document.querySelector("[data-desk]")) return;
  watchKeys();
  watchClicks();
  watchSelection();
  watchRefreshes();
  setInterval(refresh, POLL_SECONDS * 1000);
  showState();
  onLive("approvals.changed", refresh);
  if (nextKey() === "" && rows().length === 0) queue()?.focus({ preventScroll: true });
}
