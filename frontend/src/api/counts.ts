import { get } from "./client";

export interface CountsAnswer {
  readonly nodes: Readonly<
    Record<string, { readonly visits: number; readonly skipped: number; readonly ended: number }>
  >;
  readonly connections: readonly {
    readonly from: string;
    readonly port: string;
    readonly to: string | null;
    readonly count: number;
  }[];
  readonly since: string;
  readonly until: string;
}

export interface CallOnWay {
  readonly sid: string;
  readonly from: string | null;
  readonly at: string;
  readonly outcome: string | null;
  readonly is_test: boolean;
  readonly page: string;
}

export interface Asked {
  readonly period: string;
  readonly tests: boolean;
}

const query = ({ period, tests }: Asked, more: Readonly<Record<string, string>> = {}) =>
  new URLSearchParams({ period, tests: tests ? "1" : "0", ...more }).toString();

export const readCounts = (flow: string, asked: Asked) =>
  get<CountsAnswer>(`/flows/${flow}/counts?${query(asked)}`);

export const readCallsOn = (flow: string, asked: Asked, way: { node: string; port: string }) =>
  get<{ readonly calls: readonly CallOnWay[] }>(
    `/flows/${flow}/connections/calls?${query(asked, way)}`,
  );
