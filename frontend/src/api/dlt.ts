import { get, post } from "./client";

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

export interface Template {
  readonly id: string;
  readonly template_id: string;
  readonly name: string;
  readonly category: string;
  readonly content_type?: string;
  readonly text: string;
  readonly state: string;
  readonly entity: string;
  readonly headers: readonly string[];
  readonly variables: readonly TemplateVariable[];
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
  readonly sampled_body?: string;
}

/** Everything the SMS fields offer: read once and kept for the visit. */
export interface Registry {
  readonly entities: readonly Entity[];
  readonly headers: readonly Header[];
  readonly templates: readonly Template[];
}

let pending: Promise<Registry> | null = null;

export function readRegistry(): Promise<Registry> {
  pending ??= fetchRegistry().catch((error: unknown) => {
    pending = null;
    throw error;
  });
  return pending;
}

async function fetchRegistry(): Promise<Registry> {
  const [entities, headers, templates] = await Promise.all([
    get<{ entities: Entity[] }>("/dlt/entities"),
    get<{ headers: Header[] }>("/dlt/headers"),
    get<{ templates: Template[] }>("/dlt/templates"),
  ]);
  return {
    entities: entities.entities,
    headers: headers.headers,
    templates: [...templates.templates].sort(approvedFirst),
  };
}

export const isApproved = (row: { readonly state: string }) => row.state === "approved";

function approvedFirst(a: Template, b: Template): number {
  return Number(isApproved(b)) - Number(isApproved(a)) || a.name.localeCompare(b.name);
}

export const checkBody = (templateId: string, body: string) =>
  post<Verdict>("/dlt/check", { template_id: templateId, body, sample: true });
