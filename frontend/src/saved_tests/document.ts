/** A saved test call as the server keeps it: docs/test-calls.md. */

export interface Entry {
  readonly do: "keys" | "nothing" | "hang_up" | "record" | "agent";
  readonly node?: string;
  readonly after_seconds?: number;
  readonly digits?: string;
  readonly seconds?: number;
  readonly status?: "answered" | "no_answer" | "busy" | "failed";
  readonly talk_seconds?: number;
  readonly number?: string;
}

export interface Server {
  readonly node?: string;
  readonly url?: string;
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly delay_ms?: number;
  readonly failure?: string;
}

export interface Step {
  readonly node: string;
  readonly port?: string;
  readonly flow?: string;
}

export interface ExpectedMessage {
  readonly to?: string | null;
  readonly text?: string | null;
  readonly verdict?: string | null;
}

export interface Expected {
  readonly path?: { readonly exact?: boolean; readonly steps: readonly Step[] } | null;
  readonly ended?: string | null;
  readonly messages?: readonly ExpectedMessage[] | null;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface Document {
  readonly name: string;
  readonly entry?: "inbound_call" | "inbound_sms" | "api";
  readonly caller?: string;
  readonly called?: string;
  readonly at: string;
  readonly zone?: string;
  readonly sms?: Readonly<Record<string, unknown>>;
  readonly script?: readonly Entry[];
  readonly servers?: readonly Server[];
  readonly expect?: Expected;
  readonly [key: string]: unknown;
}

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly applet: string;
  readonly type: string;
  readonly category: string;
  readonly icon: string;
  readonly ports: readonly {
    readonly port: string;
    readonly label: string;
    readonly to: string | null;
  }[];
}

/** What the page brings along of the flow. */
export interface Drawing {
  readonly flow: string;
  readonly nodes: readonly Place[];
  readonly starts: Readonly<Record<string, string>>;
}

export interface Taken {
  readonly flow: string | null;
  readonly node: string;
  readonly name: string;
  readonly port: string | null;
  readonly port_label: string | null;
  readonly note: string | null;
}

export interface Result {
  readonly test: string | null;
  readonly name: string;
  readonly status: "passed" | "failed" | "not_run";
  readonly difference: string | null;
  readonly differences: readonly string[];
  readonly path: readonly Taken[];
  readonly messages: readonly {
    readonly to: string;
    readonly text: string;
    readonly verdict: string;
    readonly reason: string;
  }[];
  readonly ended: { readonly code: string; readonly text: string } | null;
  readonly ms: number;
}

/** The text as a document, or null while it cannot be read as one. */
export function read(text: string): Document | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Document)
      : null;
  } catch {
    return null;
  }
}

export const written = (document: Document) => JSON.stringify(document, null, 2);

/** The list with the entry at `index` replaced, or taken out without one. */
export function replaced<T>(list: readonly T[], index: number, entry?: T): readonly T[] {
  return list.flatMap((old, place) => (place === index ? (entry ? [entry] : []) : [old]));
}

/** The list with two neighbours changed over; the same list when there is no neighbour. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const [one, other] = [list[index], list[index + by]];
  if (one === undefined || other === undefined) return list;
  const copy = [...list];
  copy[index] = other;
  copy[index + by] = one;
  return copy;
}

/** Where a path goes on: the applet whose ports can be clicked, or null where it ends. */
export function nextPlace(
  steps: readonly Step[],
  drawing: Drawing,
  entry: string,
): Place | undefined {
  const last = steps.at(-1);
  const from = drawing.nodes.find((node) => node.id === last?.node);
  const next = last
    ? from?.ports.find((port) => port.port === last.port)?.to
    : drawing.starts[entry];
  return drawing.nodes.find((node) => node.id === next);
}

/** Expect what happened. */
export function asItWent(result: Result): Expected {
  return {
    path: {
      exact: true,
      steps: result.path.map(({ node, port, flow }) => ({
        node,
        port: port ?? "",
        flow: flow ?? "",
      })),
    },
    ended: result.ended?.code ?? null,
    messages: result.messages.map(({ to, text, verdict }) => ({ to, text, verdict })),
  };
}
