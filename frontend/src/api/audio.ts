import { ApiError, get, refusal, Unreachable, writeHeaders } from "./client";

/** A recording of the account's, as telephones can play it once it is ready. */
export interface Recording {
  readonly sid: string;
  readonly name: string;
  readonly state: "converting" | "ready" | "failed";
  readonly problem: string | null;
  readonly seconds: number | null;
  readonly path: string | null;
  readonly filename: string;
  readonly bytes: number;
}

export const MOST_BYTES = 5 * 1024 * 1024;
export const MOST_SECONDS = 120;

interface Page {
  readonly audio: readonly Recording[];
  readonly next: string | null;
}

/** All of them, newest first; an account has 1,000 at most. */
export async function readRecordings(): Promise<Recording[]> {
  const found: Recording[] = [];
  let next: string | null = "";
  while (next !== null) {
    const page: Page = await get<Page>(`/audio${next ? `?cursor=${next}` : ""}`);
    found.push(...page.audio);
    next = page.next;
  }
  return found;
}

const address = (sid: string) => `/audio/${encodeURIComponent(sid)}`;

/** Null for one that was deleted. */
export async function readRecording(sid: string): Promise<Recording | null> {
  try {
    return await get<Recording>(address(sid));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** Send a file; `onProgress` hears the share that has left, 0 to 1. `fetch` cannot tell that. */
export function uploadRecording(
  file: File,
  onProgress: (share: number) => void,
): Promise<Recording> {
  const request = new XMLHttpRequest();
  request.open("POST", "/api/v1/audio");
  for (const [name, value] of Object.entries(writeHeaders())) request.setRequestHeader(name, value);
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
  const form = new FormData();
  form.append("file", file);
  return new Promise((resolve, reject) => {
    request.onload = () =>
      request.status === 201
        ? resolve(request.response as Recording)
        : reject(refusal(request.status, request.response));
    request.onerror = () => reject(new Unreachable("upload"));
    request.send(form);
  });
}
