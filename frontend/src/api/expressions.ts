import { get, post } from "./client";

/** A function or a method that expressions can call. */
export interface FunctionInfo {
  readonly kind: string;
  readonly name: string;
  readonly signature: string;
  readonly description: string;
  readonly example: string;
  readonly result: string;
}

export interface Checked {
  readonly ok: boolean;
  readonly problems: readonly { readonly message: string; readonly position: number }[];
  readonly value: unknown;
  /** Why the samples give no value. */
  readonly note: string;
}

type Source = { readonly expression: string } | { readonly text: string };

/** Try an expression, or a text with variables, with sample values of a flow. */
export const checkExpression = (source: Source, flow: string) =>
  post<Checked>("/expressions/check", { ...source, flow });

let asked: Promise<readonly FunctionInfo[]> | null = null;

/** Every function there is, asked for once. */
export function readFunctions(): Promise<readonly FunctionInfo[]> {
  asked ??= get<{ readonly functions?: readonly FunctionInfo[] }>("/applets").then(
    ({ functions }) => functions ?? [],
    () => {
      asked = null;
      return [];
    },
  );
  return asked;
}
