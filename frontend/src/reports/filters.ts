// The filter lists: a choice shows its report at once; custom dates are asked for first.

function submitWithoutEmpty(form: HTMLFormElement): void {
  for (const field of form.elements) {
    if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) {
      if (field.value === "" && field.type !== "search") field.disabled = true;
      if (field.type === "search" && field.value.trim() === "") field.disabled = true;
    }
  }
}

function choosePeriod(select: HTMLSelectElement, form: HTMLFormElement): void {
  const dates = document.querySelector<HTMLFieldSetElement>("[data-dates]");
  const custom = select.value === "custom";
  if (dates) {
    dates.hidden = !custom;
    dates.disabled = !custom;
  }
  if (custom) dates?.querySelector("input")?.focus();
  else form.requestSubmit();
}

export function watchFilters(): void {
  const form = document.querySelector<HTMLFormElement>("[data-filters]");
  if (!form) return;
  form.addEventListener("submit", () => submitWithoutEmpty(form));
  document.addEventListener("change", (event) => {
    const select = event.target as HTMLSelectElement;
    if (select.matches("[data-period]")) choosePeriod(select, form);
    else if (select.matches("[data-submits]")) form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll<HTMLDetailsElement>(
      "details.more-filters[open]",
    )) {
      if (!open.contains(event.target as Node)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>("details.more-filters[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary")?.focus();
  });
}
