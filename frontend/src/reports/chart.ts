// "Delivery by day": stacked bars in the colours of the tokens, with the legend of the page.
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartData,
  type ChartOptions,
  LinearScale,
  type Plugin,
  Tooltip,
} from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

interface Series {
  readonly key: string;
  readonly label: string;
  readonly values: number[];
}

interface ChartText {
  readonly labels: string[];
  readonly names: string[];
  readonly series: Series[];
  readonly links: string[];
}

const number = new Intl.NumberFormat("en-IN");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const MOST_TOTALS = 16;
const NARROW_PX = 520;

type Tooltips = NonNullable<NonNullable<ChartOptions<"bar">["plugins"]>["tooltip"]>;

let chart: Chart<"bar"> | null = null;
let drawn = "";

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function font(weight = 400): { family: string; size: number; weight: number } {
  return { family: token("--font"), size: 12, weight };
}

function text(): ChartText | null {
  const source = document.getElementById("chart-data")?.textContent;
  return source ? (JSON.parse(source) as ChartText) : null;
}

function hiddenSeries(): Set<string> {
  const off = document.querySelectorAll<HTMLElement>('[data-series][aria-pressed="false"]');
  return new Set([...off].map((button) => button.dataset.series ?? ""));
}

function dataOf(found: ChartText): ChartData<"bar"> {
  const hidden = hiddenSeries();
  return {
    labels: found.labels,
    datasets: found.series.map((series) => ({
      label: series.label,
      data: series.values,
      hidden: hidden.has(series.key),
      backgroundColor: token(`--d-${series.key}`),
      borderColor: token("--surface"),
      borderWidth: { top: 1, bottom: 0, left: 0, right: 0 },
      borderSkipped: false,
      maxBarThickness: 44,
      barPercentage: 0.72,
      categoryPercentage: 0.78,
    })),
  };
}

/** Writes each bar's total above it while there is room for the figures. */
const totals: Plugin<"bar"> = {
  id: "totals",
  afterDatasetsDraw(drawnChart) {
    const count = drawnChart.data.labels?.length ?? 0;
    if (count > MOST_TOTALS) return;
    const { ctx } = drawnChart;
    const format = drawnChart.width < NARROW_PX ? short : number;
    ctx.save();
    ctx.fillStyle = token("--ink");
    ctx.font = `500 12px ${token("--font")}`;
    ctx.textAlign = "center";
    for (let index = 0; index < count; index += 1) {
      const { sum, top, x } = stackAt(drawnChart, index);
      if (sum > 0) ctx.fillText(format.format(sum), x, top - 7);
    }
    ctx.restore();
  },
};

function stackAt(of: Chart<"bar">, index: number): { sum: number; top: number; x: number } {
  let sum = 0;
  let top = Number.POSITIVE_INFINITY;
  let x = 0;
  for (const [order, dataset] of of.data.datasets.entries()) {
    const value = Number(dataset.data[index] ?? 0);
    if (!of.isDatasetVisible(order) || value === 0) continue;
    const bar = of.getDatasetMeta(order).data[index];
    sum += value;
    top = Math.min(top, bar?.y ?? top);
    x = bar?.x ?? x;
  }
  return { sum, top, x };
}

function optionsOf(found: ChartText): ChartOptions<"bar"> {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: still ? false : { duration: 350 },
    layout: { padding: { top: 20 } },
    interaction: { mode: "index", intersect: false },
    onClick: (_event, elements) => {
      const link = found.links[elements[0]?.index ?? -1];
      if (link) location.assign(link);
    },
    onHover: (_event, elements, over) => {
      over.canvas.style.cursor = found.links[elements[0]?.index ?? -1] ? "pointer" : "default";
    },
    scales: scales(),
    plugins: { tooltip: tooltip(found) },
  };
}

function scales(): NonNullable<ChartOptions<"bar">["scales"]> {
  const ticks = { color: token("--ink-3"), font: font() };
  return {
    x: {
      stacked: true,
      grid: { display: false },
      border: { color: token("--line") },
      ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 14 },
    },
    y: {
      stacked: true,
      beginAtZero: true,
      grid: { color: token("--line") },
      border: { display: false },
      ticks: { ...ticks, precision: 0, maxTicksLimit: 6, padding: 6 },
    },
  };
}

function tooltip(found: ChartText): Tooltips {
  return {
    backgroundColor: token("--ink"),
    titleColor: token("--surface"),
    bodyColor: token("--surface"),
    titleFont: font(600),
    bodyFont: font(),
    padding: 10,
    boxPadding: 5,
    cornerRadius: 8,
    filter: (item) => Number(item.raw) > 0,
    callbacks: {
      title: (items) => found.names[items[0]?.dataIndex ?? -1] ?? "",
      label: (item) => ` ${item.dataset.label}: ${number.format(Number(item.raw))}`,
    },
  };
}

/** Draw the chart, or bring it up to date; does nothing while neither figures nor colours changed. */
export function drawChart(): void {
  const canvas = document.querySelector<HTMLCanvasElement>("[data-chart]");
  const found = text();
  if (!canvas || !found) return;
  const key = JSON.stringify([found, token("--ink"), [...hiddenSeries()]]);
  if (key === drawn || canvas.closest("[hidden]")) return;
  drawn = key;
  if (chart?.canvas === canvas) {
    chart.data = dataOf(found);
    chart.options = optionsOf(found);
    chart.update();
    return;
  }
  chart = new Chart(canvas, {
    type: "bar",
    data: dataOf(found),
    options: optionsOf(found),
    plugins: [totals],
  });
}

export function watchChart(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-series]");
    if (!button) return;
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") === "false"));
    drawChart();
  });
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", drawChart);
  const theme = new MutationObserver(drawChart);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  void document.fonts.ready.then(() => chart?.update("none"));
}
