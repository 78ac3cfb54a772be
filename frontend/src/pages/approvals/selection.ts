// Several records at once: tick them, look at what is about to be approved, approve.
import htmx from "htmx.org";
import { rows } from "./queue";

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("#queue input[name=records]")];
}

function showCount(): void {
  const count = boxes().filter((box) => box.checked).length;
  for (const place of document.querySelectorAll<HTMLElement>("[data-selected]")) {
    place.textContent = count > 0 ? ` (${count})` : "";
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-approve-selected]")) {
    button.disabled = count === 0;
  }
}

export function toggle(row: HTMLElement | undefined): void {
  const box = row?.querySelector<HTMLInputElement>("input[name=records]");
  if (!box || box.disabled) return;
  box.checked = !box.checked;
  showCount();
}

/** Tick every record without errors; when all of them are ticked, none. */
function toggleClean(): void {
  const clean = rows()
    .filter((row) => row.dataset.errors === "0")
    .map((row) => row.querySelector<HTMLInputElement>("input[name=records]"))
    .filter((box): box is HTMLInputElement => box !== null && !box.disabled);
  const all = clean.every((box) => box.checked);
  for (const box of clean) box.checked = !all;
  showCount();
}

/** Ask the server for the list of what is about to be approved, in a dialog. */
export function approveSelected(): void {
  const form = document.querySelector<HTMLFormElement>("#bulk");
  const dialog = document.querySelector<HTMLDialogElement>("#bulk-dialog");
  if (!form || !dialog || !boxes().some((box) => box.checked)) return;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) query.append(name, String(value));
  const address = `${form.getAttribute("action")}?${query}`;
  void htmx
    .ajax("get", address, { source: "#bulk-body", target: "#bulk-body", swap: "innerHTML" })
    .then(() => {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    });
}

export function watchSelection(): void {
  document.addEventListener("change", (event) => {
    if ((event.target as Element).matches("#queue input[name=records]")) showCount();
  });
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-clean]")) return;
    event.preventDefault();
    toggleClean();
  });
  document.addEventListener("submit", (event) => {
    if (!(event.target as Element).matches("[data-bulk]")) return;
    event.preventDefault();
    approveSelected();
  });
  document.addEventListener("htmx:afterSettle", showCount);
  showCount();
}
