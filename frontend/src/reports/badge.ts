// The badge that says whether the page is live; pressing it pauses and resumes.
import type { Live, LiveState } from "./live";

interface Look {
  readonly label: string;
  readonly tone: string;
  readonly icon: string;
  readonly title: string;
}

const LOOKS: Record<LiveState, Look> = {
  live: {
    label: "Live",
    tone: "ok",
    icon: "circle-check",
    title: "Changes appear by themselves. Press to pause.",
  },
  reconnecting: {
    label: "Reconnecting",
    tone: "warn",
    icon: "refresh-cw",
    title:
      "The connection is being made again. Until then this page may be behind. Press to pause.",
  },
  paused: {
    label: "Paused",
    tone: "",
    icon: "play",
    title: "Nothing changes by itself. Press to go on.",
  },
  "signed-out": {
    label: "Signed out",
    tone: "bad",
    icon: "circle-x",
    title: "You are signed out, or no longer a member of this account. Sign in again.",
  },
};

export class LiveBadge {
  private state: LiveState = "paused";

  constructor(private readonly why: string) {}

  show(state: LiveState): void {
    this.state = state;
    this.draw();
  }

  /** Draw the state on every badge there is: a fragment that was just swapped in brings a new one. */
  draw(): void {
    const look = LOOKS[this.state];
    for (const badge of document.querySelectorAll<HTMLElement>("[data-live-badge]")) {
      const why = this.state === "paused" && this.why ? `${this.why}. ` : "";
      badge.className = `badge plain live ${look.tone}`;
      badge.dataset.state = this.state;
      badge.title = why + look.title;
      const label = badge.querySelector("span");
      if (label && label.textContent !== look.label) label.textContent = look.label;
      const use = badge.querySelector("use");
      const href = use?.getAttribute("href")?.replace(/#.*$/, `#${look.icon}`);
      if (href) use?.setAttribute("href", href);
    }
  }
}

export function watchBadges(live: Live): void {
  document.addEventListener("click", (event) => {
    const badge = (event.target as Element).closest<HTMLElement>("[data-live-badge]");
    if (!badge) return;
    if (badge.dataset.state === "signed-out") location.reload();
    else if (live.running) live.pause();
    else live.resume();
  });
}
