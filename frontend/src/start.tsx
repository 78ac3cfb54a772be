/** The builder itself. It is loaded by `main.tsx`, never by a name of its own. */
import { createRoot } from "react-dom/client";
import { readCatalogue, readFlow } from "./api/flows";
import type { PageData } from "./api/types";
import { App } from "./shell/App";
import { startAutosave } from "./store/autosave";
import { builder } from "./store/builder";

/** The page brings the data along; without it, it is asked for. */
async function readPage(host: HTMLElement): Promise<PageData> {
  const given = document.getElementById("builder-data")?.textContent;
  if (given) return JSON.parse(given) as PageData;
  const [flow, applets] = await Promise.all([readFlow(host.dataset.flow ?? ""), readCatalogue()]);
  return { flow, applets };
}

async function start(): Promise<void> {
  const host = document.getElementById("builder");
  if (!host) return;
  builder().load(await readPage(host));
  startAutosave();
  createRoot(host).render(<App />);
  openAsked();
}

/** "?applet=n3": a notice or the registry led here. */
function openAsked(): void {
  const asked = new URLSearchParams(location.search).get("applet");
  if (builder().graph.nodes.some((node) => node.id === asked)) builder().jumpTo(asked ?? "");
}

void start();
