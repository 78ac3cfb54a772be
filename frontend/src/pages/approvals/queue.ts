// The rows of the queue: which one is chosen, and showing its record.
import htmx from "htmx.org";

/** The record somebody went to; what the server sends later must not change it. */
let chosen = "";

/** The key of the record shown or on its way. */
export function chosenKey(): string {
  return chosen || document.querySelector<HTMLElement>("[data-review]")?.dataset.review || "";
}

/** Take the choice from the page again: a decision brought another record. */
export function forgetChoice(): void {
  chosen = "";
}

/** Mark the chosen row, also in a queue that was just read again. */
export function markChosen(): void {
  const key = chosenKey();
  for (const row of rows()) {
    if (row.dataset.key === key) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

export function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("#queue [data-key]")];
}

export function rowOf(key: string): HTMLElement | undefined {
  return rows().find((row) => row.dataset.key === key);
}

export function currentRow(): HTMLElement | undefined {
  return rows().find((row) => row.getAttribute("aria-current") === "true");
}

function list(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#queue .queue-rows");
}

/** The key of the record after the one shown, also when that one has left the queue meanwhile. */
export function nextKey(): string {
  const all = rows();
  const at = all.findIndex((row) => row.getAttribute("aria-current") === "true");
  if (at >= 0) return all[at + 1]?.dataset.key ?? "";
  return list()?.dataset.after ?? all[0]?.dataset.key ?? "";
}

/** Ask for the record alone; the address follows, so that a reload shows the same. */
export function showRecord(key: string, address: URL): void {
  address.searchParams.set("at", key);
  address.searchParams.delete("select");
  history.replaceState(null, "", address);
  document.querySelector("#desk")?.classList.add("chosen");
  void htmx.ajax("get", address.pathname + address.search, {
    source: "#record",
    target: "#record",
    swap: "innerHTML",
  });
}

export function select(row: HTMLElement | undefined): void {
  const key = row?.dataset.key;
  if (!row || !key) return;
  chosen = key;
  markChosen();
  row.querySelector<HTMLElement>("[data-row]")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  showRecord(key, new URL(location.href));
}

/** Go one row on or back; past the last one the next page begins. */
export function step(by: 1 | -1): void {
  const all = rows();
  const at = all.findIndex((row) => row.getAttribute("aria-current") === "true");
  const to = at < 0 ? rowOf(nextKey()) : all[at + by];
  if (to) {
    select(to);
    return;
  }
  const page = by > 0 ? list()?.dataset.nextPage : list()?.dataset.previousPage;
  if (page) location.assign(page);
}
