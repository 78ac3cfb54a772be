import { ApiError, get, post } from "./client";

export interface Entity {
  readonly id: string;
  readonly pe_id: string;
  readonly name: string;
  readonly state: string;
}

export interface Header {
  readonly id: string;
  readonly value: string;
  readonly kind?: string;
  readonly entity: string;
  readonly state: string;
}

export interface TemplateVariable {
  readonly index: number;
  readonly tag: string;
  readonly limit: number | null;
}

/** A template as far as a message needs it. */
export interface TemplateBase {
  readonly template_id: string;
  readonly name: string;
  readonly category: string;
  readonly text: string;
  readonly entity: string;
  readonly headers: readonly string[];
  readonly variables: readonly TemplateVariable[];
}

export interface Template extends TemplateBase {
  readonly id: string;
  readonly state: string;
  readonly reason?: string;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly position?: number | null;
  readonly expected?: string | null;
  readonly found?: string | null;
  readonly variable?: number | null;
}

export interface Verdict {
  readonly match: boolean;
  readonly variables: readonly { readonly index: number; readonly value: string }[];
  readonly problems: readonly Problem[];
  readonly suggestion?: string | null;
}

/** An approved template that a text nearly is. */
export interface Near extends TemplateBase {
  readonly problems: readonly Problem[];
  readonly suggestion?: string | null;
}

/** Which templates a text is, else those it nearly is. */
export interface Recognised {
  readonly matches: readonly TemplateBase[];
  readonly nearest: readonly Near[];
  /** How many approved templates the text was compared with. */
  readonly compared?: number;
}

/** What was asked once is kept for the visit; what failed is asked again. */
const kept = new Map<string, Promise<unknown>>();

function once<T>(path: string, ask: () => Promise<T>): Promise<T> {
  const before = kept.get(path) as Promise<T> | undefined;
  if (before) return before;
  const answer = ask().catch((error: unknown) => {
    kept.delete(path);
    throw error;
  });
  kept.set(path, answer);
  return answer;
}

const query = (words: Readonly<Record<string, string>>) =>
  new URLSearchParams(Object.entries(words).filter(([, word]) => word !== "")).toString();

export const readEntities = () =>
  once("entities", async () => (await get<{ entities: Entity[] }>("/dlt/entities")).entities);

/** The headers of one entity, or of all when none is named. */
export function readHeaders(entity: string): Promise<Header[]> {
  const path = `/dlt/headers?${query({ entity })}`;
  return once(path, async () => (await get<{ headers: Header[] }>(path)).headers);
}

/** A template by the operators' ID; null when the account has none such. */
export function readTemplate(templateId: string): Promise<Template | null> {
  const path = `/dlt/templates/${encodeURIComponent(templateId)}`;
  return once(path, async () => {
    try {
      return await get<Template>(path);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  });
}

/** More than this nobody reads: a narrower search finds the rest. */
const MOST_SHOWN = 50;

/** Templates by name, ID, header or words of the text; those that may be sent come first. */
export async function searchTemplates(q: string): Promise<Template[]> {
  const ask = (state: string) => {
    const path = `/dlt/templates?${query({ q, state })}`;
    return once(path, async () => (await get<{ templates: Template[] }>(path)).templates);
  };
  const [approved, any] = await Promise.all([ask("approved"), ask("")]);
  return [...approved.slice(0, MOST_SHOWN), ...any.filter((row) => !isApproved(row))].slice(
    0,
    MOST_SHOWN + MOST_SHOWN / 2,
  );
}

export const isApproved = (row: { readonly state: string }) => row.state === "approved";

export const checkBody = (templateId: string, body: string) =>
  post<Verdict>("/dlt/check", { template_id: templateId, body });

export const recognise = (body: string) => post<Recognised>("/dlt/match", { body });
