// The SMS report: its table and figures follow the account's live events.
import { drawChart } from "./chart";
import { Soon } from "./debounce";
import { isMessage, type LiveEvent } from "./live";
import { Rows } from "./rows";
import { fetchPieces, replaceParts } from "./swap";

const ROWS_MS = 400;
const SUMMARY_MS = 1000;

export class Report {
  private readonly rows: Rows;
  private readonly soonRows: Soon;
  private readonly soonSummary: Soon;
  private greeted = false;

  constructor(private readonly root: HTMLElement) {
    const { rows = "", summary = "", query = "" } = root.dataset;
    this.rows = new Rows(rows, query);
    this.soonRows = new Soon(ROWS_MS, () => this.readRows(`${rows}?${query}`));
    this.soonSummary = new Soon(SUMMARY_MS, () => this.readSummary(`${summary}?${query}`));
    drawChart();
  }

  hear(event: LiveEvent): void {
    if (event.type === "hello") this.greet();
    if (!isMessage(event)) return;
    this.rows.hear(event.sid, event.status);
    this.soonRows.call();
    this.soonSummary.call();
  }

  /** After a gap everything is read again: what happened meanwhile was not heard. */
  private greet(): void {
    if (this.greeted) {
      const { rows = "", query = "" } = this.root.dataset;
      void this.readTable(`${rows}?${query}`).catch(() => undefined);
      this.soonSummary.call();
    }
    this.greeted = true;
  }

  private async readRows(url: string): Promise<void> {
    if (document.querySelector("[data-rows-table]")) await this.rows.refresh();
    else await this.readTable(url);
  }

  private async readTable(url: string): Promise<void> {
    const part = document.querySelector('[data-live-part="messages"]');
    const pieces = await fetchPieces(url);
    part?.replaceChildren(pieces);
  }

  private async readSummary(url: string): Promise<void> {
    const pieces = await fetchPieces(url);
    const fresh = pieces.querySelector<HTMLElement>("[data-when-any]");
    document
      .querySelector<HTMLElement>("[data-when-any]")
      ?.toggleAttribute("hidden", fresh?.hasAttribute("hidden") ?? false);
    replaceParts(pieces);
    drawChart();
  }
}
