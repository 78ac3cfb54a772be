// The message table of the report, kept current: rows change in place, new ones come in at the top.
import { fetchPieces } from "./swap";
import { STEP_MS, showStatus, walkTo } from "./walk";

const MOST_ROWS = 50;
const MOST_ASKED = 100;

export class Rows {
  /** Statuses heard since the row was last read, by sid. */
  private readonly heard = new Map<string, string[]>();

  constructor(
    private readonly url: string,
    private readonly query: string,
  ) {}

  hear(sid: string, status: string): void {
    const statuses = this.heard.get(sid) ?? [];
    this.heard.set(sid, [...statuses, status].slice(-8));
    const row = this.find(sid);
    if (row) showStatus(row, status);
  }

  /** Read again every row something was heard of. */
  async refresh(): Promise<void> {
    const heard = new Map([...this.heard].slice(-MOST_ASKED));
    this.heard.clear();
    if (heard.size === 0) return;
    const sids = [...heard.keys()].map((sid) => `&sid=${encodeURIComponent(sid)}`).join("");
    const pieces = await fetchPieces(`${this.url}?${this.query}${sids}`);
    const fresh = [...pieces.querySelectorAll<HTMLElement>("tr[data-sid]")];
    this.removeOthers(heard, fresh);
    for (const row of fresh.reverse()) this.place(row, heard.get(row.dataset.sid ?? "") ?? []);
  }

  private find(sid: string): HTMLElement | null {
    return document.querySelector(`tr[data-sid="${CSS.escape(sid)}"]`);
  }

  /** A row that fits the filters no more leaves the list. */
  private removeOthers(heard: Map<string, string[]>, fresh: HTMLElement[]): void {
    const kept = new Set(fresh.map((row) => row.dataset.sid));
    for (const sid of heard.keys()) if (!kept.has(sid)) this.find(sid)?.remove();
  }

  private place(fresh: HTMLElement, heard: string[]): void {
    const here = this.find(fresh.dataset.sid ?? "");
    if (here) {
      void walkTo(here, heard, fresh);
      return;
    }
    const body = document.querySelector("[data-rows-table] tbody");
    if (!body) return;
    const first = fresh.cloneNode(true) as HTMLElement;
    first.classList.add("arrived");
    body.prepend(first);
    if (heard.length > 0) {
      first.dataset.status = "";
      showStatus(first, heard[0] ?? "");
      setTimeout(() => void walkTo(first, heard.slice(1), fresh), STEP_MS);
    }
    while (body.children.length > MOST_ROWS) body.lastElementChild?.remove();
  }
}
