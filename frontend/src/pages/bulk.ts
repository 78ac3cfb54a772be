// Ticking records: "tick all", how many are ticked, and a reason where the action needs one.

function refresh(form: HTMLFormElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=pk]")];
  const ticked = boxes.filter((box) => box.checked).length;
  const count = form.querySelector<HTMLElement>("[data-count]");
  if (count) count.textContent = ticked ? `${ticked} ticked` : "";
  const all = form.querySelector<HTMLInputElement>("[data-all]");
  if (all) {
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  const verb = form.querySelector<HTMLSelectElement>("select[name=verb]");
  const reason = form.querySelector<HTMLInputElement>("input[name=reason]");
  if (!verb || !reason) return;
  reason.required = verb.selectedOptions[0]?.hasAttribute("data-reason") ?? false;
  reason.placeholder = reason.required ? "Reason" : "Reason (optional)";
}

/** One listener for all: a search replaces the list with its form. */
export function watchBulkForms(): void {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const form = target.closest<HTMLFormElement>("form[data-bulk]");
    if (!form) return;
    if (target instanceof HTMLInputElement && target.matches("[data-all]")) {
      for (const box of form.querySelectorAll<HTMLInputElement>("input[name=pk]")) {
        box.checked = target.checked;
      }
    }
    refresh(form);
  });
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-bulk]")) refresh(form);
}
