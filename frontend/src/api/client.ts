/** One door to the JSON API: session cookie, CSRF header, errors as exceptions. */
import { t } from "../i18n";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly context: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The session ended while the page stayed open. */
export const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401;

/** The server could not be reached, or answered with something that is not ours. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

export const get = <T>(path: string): Promise<T> => call<T>("GET", path);
export const post = <T>(path: string, body: unknown): Promise<T> => call<T>("POST", path, body);
export const put = <T>(path: string, body: unknown): Promise<T> => call<T>("PUT", path, body);
export const patch = <T>(path: string, body: unknown): Promise<T> => call<T>("PATCH", path, body);

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  const answer = await readJson(response);
  if (response.ok) return answer as T;
  throw refusal(response.status, answer);
}

const readHeaders = { Accept: "application/json" };
export const writeHeaders = () => ({ ...readHeaders, "X-CSRFToken": cookie("csrftoken") });

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers = method === "GET" ? readHeaders : writeHeaders();
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { "Content-Type": "application/json" };
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers: { ...headers, ...type },
      credentials: "same-origin",
      ...content,
    });
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    if (response.status >= 500) throw new Unreachable(`HTTP ${response.status}`);
    return null;
  }
}

export function refusal(status: number, answer: unknown): ApiError {
  const error = (answer as { error?: Partial<ApiError> } | null)?.error;
  if (status === 401) {
    const told = t("You are signed out. Sign in again in another tab, then go on here.");
    return new ApiError(status, error?.code ?? "unknown", told);
  }
  const message = error?.message ?? `HTTP ${status}`;
  return new ApiError(status, error?.code ?? "unknown", message, error?.context ?? {});
}

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
