import { ago } from "./ago";

/** Keep every <time data-ago> current, with the full local time on hover. */
export function keepTimesCurrent(): void {
  const update = () => {
    const now = new Date();
    for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
      const then = new Date(element.dateTime);
      element.textContent = ago(then, now);
      element.title = then.toLocaleString("en-IN", { dateStyle: "medium", timeStyle: "short" });
    }
  };
  update();
  setInterval(update, 30_000);
  document.addEventListener("htmx:afterSettle", update);
}
