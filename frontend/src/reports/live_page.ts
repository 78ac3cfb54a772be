// A page of one message or one call: read again whenever something happened to it.
import { Soon } from "./debounce";
import { isMessage, type LiveEvent } from "./live";
import { fetchPieces, replaceChildren } from "./swap";
import { showStatus } from "./walk";

const READ_MS = 300;

export class LivePage {
  private readonly soon: Soon;
  private greeted = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly redrawn: () => void,
  ) {
    this.soon = new Soon(READ_MS, () => this.read());
  }

  hear(event: LiveEvent): void {
    if (event.type === "hello") {
      // The page may have changed between its reading and this greeting.
      if (this.greeted || this.root.querySelector(".next, .badge.info")) this.soon.call();
      this.greeted = true;
      return;
    }
    if (!this.concerns(event)) return;
    if (isMessage(event)) {
      const row = this.root.querySelector<HTMLElement>(`tr[data-sid="${CSS.escape(event.sid)}"]`);
      if (row) showStatus(row, event.status);
    }
    this.soon.call();
  }

  private concerns(event: LiveEvent): boolean {
    const { sid, call } = this.root.dataset;
    if (isMessage(event)) return event.sid === sid || (!!call && event.call_sid === call);
    return event.type === "call.step" && event.call === call;
  }

  private async read(): Promise<void> {
    const pieces = await fetchPieces(this.root.dataset.livePage ?? "");
    replaceChildren(this.root, pieces);
    this.redrawn();
  }
}
