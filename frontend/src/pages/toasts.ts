// Messages in the corner: good news leaves by itself, bad news stays until it was read.

const SECONDS = 6;
const SECONDS_TO_UNDO = 20;

function leaveLater(toast: HTMLElement): void {
  if (toast.classList.contains("error") || toast.classList.contains("warning")) return;
  let timer = 0;
  const start = () => {
    const seconds = toast.querySelector("[data-undo]") ? SECONDS_TO_UNDO : SECONDS;
    timer = window.setTimeout(() => toast.remove(), seconds * 1000);
  };
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", start);
  start();
}

export function watchToasts(): void {
  const start = () => {
    for (const toast of document.querySelectorAll<HTMLElement>("[data-toast]:not([data-seen])")) {
      toast.dataset.seen = "";
      leaveLater(toast);
    }
  };
  start();
  document.addEventListener("htmx:afterSettle", start);
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-dismiss]");
    button?.closest("[data-toast]")?.remove();
  });
}
