// A <details class="verbs"> is a menu: Escape and a click elsewhere close it.

const OPEN = "details.verbs[open]";

export function watchMenus(): void {
  document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      const chosen = target instanceof Element && target.closest(".verbs-list button");
      if (chosen || !menu.contains(target as Node)) menu.open = false;
    }
  });
  document.addEventListener("keydown", ({ key }) => {
    const menu = document.querySelector<HTMLDetailsElement>(OPEN);
    if (key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
