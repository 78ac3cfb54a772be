// Messages in the corner: good news leaves by itself, bad news stays until it was read.

const SECONDS = 6;

function leaveLater(toast: HTMLElement): void {
  if (toast.classList.contains("error") || toast.classList.contains("warning")) return;
  let timer = 0;
  const start = () => {
    timer = window.setTimeout(() => toast.remove(), SECONDS * 1000);
  };
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", start);
  start();
}

export function watchToasts(): void {
  for (const toast of document.querySelectorAll<HTMLElement>("[data-toast]")) leaveLater(toast);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-dismiss]");
    button?.closest("[data-toast]")?.remove();
  });
}
