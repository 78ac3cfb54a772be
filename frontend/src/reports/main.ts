// The pages of the reports and of the call log: filters, chart, and everything that is live.
import { LiveBadge, watchBadges } from "./badge";
import { watchChart } from "./chart";
import { watchFilters } from "./filters";
import { Live, type LiveEvent } from "./live";
import { LivePage } from "./live_page";
import { Report } from "./report";

interface Listener {
  hear(event: LiveEvent): void;
}

function listenerOf(badge: LiveBadge): { listener: Listener; paused: string } | null {
  const report = document.querySelector<HTMLElement>("[data-report]");
  if (report) return { listener: new Report(report), paused: report.dataset.paused ?? "" };
  const page = document.querySelector<HTMLElement>("[data-live-page]");
  if (page) return { listener: new LivePage(page, () => badge.draw()), paused: "" };
  return null;
}

function goLive(): void {
  const why = document.querySelector<HTMLElement>("[data-paused]")?.dataset.paused ?? "";
  const badge = new LiveBadge(why);
  const found = listenerOf(badge);
  const path = document.body.dataset.live;
  if (!found || !path) return;
  const live = new Live(
    path,
    (event) => found.listener.hear(event),
    (state) => badge.show(state),
  );
  watchBadges(live);
  if (found.paused) badge.show("paused");
  else live.resume();
}

watchFilters();
watchChart();
goLive();
