// <button data-open="id"> opens the dialog of that id, <button data-close> closes the one it is in.

function open(id: string): void {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  dialog.showModal();
  focusFirst(dialog);
}

function focusFirst(dialog: HTMLDialogElement): void {
  dialog.querySelector<HTMLElement>("[data-first]")?.focus();
}

export function watchDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-open]");
    if (opener?.dataset.open) open(opener.dataset.open);
    if (target.closest("[data-close]")) target.closest("dialog")?.close();
    if (target instanceof HTMLDialogElement) closeOutside(target, event);
  });
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-open-now]")) {
    dialog.showModal();
    focusFirst(dialog);
  }
}

/** A click on the backdrop counts as one on the dialog itself, but lies outside its box. */
function closeOutside(dialog: HTMLDialogElement, { clientX: x, clientY: y }: MouseEvent): void {
  const box = dialog.getBoundingClientRect();
  const inside = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  if (!inside) dialog.close();
}
