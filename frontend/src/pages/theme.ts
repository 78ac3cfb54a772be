// Light, dark or as the system says. The choice is a cookie, so the server draws the right one at once.

const YEAR = 31_536_000;

function choose(theme: string): void {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const life = theme ? YEAR : 0;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `theme=${theme}; path=/; max-age=${life}; samesite=lax`;
}

export function watchThemeChoice(): void {
  const buttons = [...document.querySelectorAll<HTMLElement>("[data-theme-choice]")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      choose(button.dataset.themeChoice ?? "");
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    });
  }
}
