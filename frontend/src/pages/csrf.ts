// Django wants the token of its cookie in a header of every request that changes something.

export function csrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

type Request = { verb: string; headers: Record<string, string>; formData: FormData };

/** Prepare what htmx sends: the token, and no empty filters in addresses. */
export function prepareRequests(): void {
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, headers, formData } = (event as CustomEvent<Request>).detail;
    headers["X-CSRFToken"] = csrfToken();
    if (verb !== "get") return;
    for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
  });
}
