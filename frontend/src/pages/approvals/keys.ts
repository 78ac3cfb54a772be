// Which key does what. The page's own buttons do the work, so that keys and clicks never differ.
import { currentRow, step } from "./queue";
import { approveSelected, toggle } from "./selection";

function click(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.click();
}

/** The decision to take back: of the last message in the corner, else the viewer's newest in the list. */
function undo(): void {
  const offered = document.querySelector<HTMLElement>("#toasts [data-undo]");
  (offered ?? document.querySelector<HTMLElement>("[data-undo][data-mine]"))?.click();
}

const KEYS: Readonly<Record<string, () => void>> = {
  j: () => step(1),
  k: () => step(-1),
  a: () => click("#record [data-approve]"),
  r: () => click("#record [data-reject]"),
  x: () => toggle(currentRow()),
  u: undo,
  o: () => click("#record [data-page]"),
  A: approveSelected,
  "/": () => {
    document.querySelector<HTMLInputElement>("[data-search]")?.select();
    document.querySelector<HTMLInputElement>("[data-search]")?.focus();
  },
  "?": () => click("[data-open=desk-keys]"),
};

function chooseReason(dialog: HTMLElement, key: string): boolean {
  const radio = dialog.querySelector<HTMLInputElement>(`[data-reason="${key}"]`);
  if (!radio) return false;
  radio.checked = true;
  radio.focus();
  if (radio.value === "") dialog.querySelector<HTMLElement>("textarea")?.focus();
  return true;
}

/** Do what a key means; says whether it meant anything. In a dialog only reasons have keys. */
export function pressed(key: string): boolean {
  const dialog = document.querySelector<HTMLElement>("dialog[open]");
  if (dialog) return /^[1-9]$/.test(key) && chooseReason(dialog, key);
  const shifted = key === "A" && document.querySelector("#queue input:checked");
  const action = KEYS[shifted ? key : key.toLowerCase()];
  action?.();
  return action !== undefined;
}
