// Small helps in forms: no double submit, a filled-in demo sign-in, choices that depend on another.

function blockSecondSubmit(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[type=submit]")) {
    // After the event: a disabled button would not send its own name and value.
    setTimeout(() => {
      button.disabled = true;
    });
  }
}

function fillIn(button: HTMLElement): void {
  const form = document.querySelector<HTMLFormElement>(button.dataset.fill ?? "");
  if (!form) return;
  for (const [name, value] of Object.entries(button.dataset)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value ?? "";
  }
  form.requestSubmit();
}

/** Show only the options whose data-of names the value chosen in the field data-follows names. */
function follow(box: HTMLElement): void {
  const leader = document.querySelector<HTMLSelectElement>(box.dataset.follows ?? "");
  if (!leader) return;
  const update = () => {
    let shown = 0;
    for (const option of box.querySelectorAll<HTMLElement>("[data-of]")) {
      const fits = option.dataset.of === leader.value;
      option.hidden = !fits;
      shown += fits ? 1 : 0;
      const input = option.querySelector("input");
      if (input && !fits) input.checked = false;
    }
    box.querySelector<HTMLElement>("[data-none]")?.toggleAttribute("hidden", shown > 0);
  };
  leader.addEventListener("change", update);
  update();
}

export function watchForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method === "post" && !event.defaultPrevented) blockSecondSubmit(form);
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-fill]");
    if (button) fillIn(button);
  });
  document.addEventListener("change", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-auto-submit]");
    form?.requestSubmit();
  });
  // A page that comes back from the browser's history must be usable again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  for (const box of document.querySelectorAll<HTMLElement>("[data-follows]")) follow(box);
}
