// Fetch a piece of the page again and put it in place, keeping what the reader opened and where the focus was.

export async function fetchPieces(url: string, signal?: AbortSignal): Promise<DocumentFragment> {
  const answer = await fetch(url, {
    headers: { Accept: "text/html" },
    credentials: "same-origin",
    redirect: "error",
    ...(signal ? { signal } : {}),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return template.content;
}

function focusPath(within: Element): string | null {
  const active = document.activeElement;
  if (!active || !within.contains(active)) return null;
  if (active.id) return `#${CSS.escape(active.id)}`;
  const href = active.getAttribute("href");
  return href ? `${active.localName}[href="${CSS.escape(href)}"]` : null;
}

/** Replace the children of `target`; open <details data-keep> stay open. */
export function replaceChildren(target: Element, ...nodes: Node[]): void {
  const opened = [...target.querySelectorAll<HTMLDetailsElement>("details[data-keep][open]")].map(
    (details) => details.dataset.keep,
  );
  const focused = focusPath(target);
  target.replaceChildren(...nodes);
  for (const details of target.querySelectorAll<HTMLDetailsElement>("details[data-keep]")) {
    if (opened.includes(details.dataset.keep)) details.open = true;
  }
  if (focused) target.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
}

/** Replace every [data-live-part] of the page by the part of that name, if its text changed. */
export function replaceParts(pieces: DocumentFragment): void {
  for (const part of pieces.querySelectorAll<HTMLElement>("[data-live-part]")) {
    const here = document.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
    if (here && here.innerHTML !== part.innerHTML) replaceChildren(here, ...part.childNodes);
  }
}
