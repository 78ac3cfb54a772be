import { get, post } from "./client";

export interface TestResult {
  readonly test: string | null;
  readonly name: string;
  readonly status: "passed" | "failed" | "not_run";
  readonly difference: string | null;
}

export interface TestRun {
  readonly passed: number;
  readonly failed: number;
  readonly not_run: number;
  readonly results: readonly TestResult[];
}

export interface Coverage {
  readonly percent: number | null;
  readonly taken: number;
  readonly ports: number;
  readonly nodes: readonly {
    readonly node: string;
    readonly ports: readonly { readonly port: string; readonly tests: readonly string[] }[];
  }[];
}

export interface SavedTest {
  readonly id: string;
  readonly name: string;
}

const at = (flow: string) => `/flows/${encodeURIComponent(flow)}/tests`;

export const runTests = (flow: string) => post<TestRun>(`${at(flow)}/run`, { use: "draft" });
export const readCoverage = (flow: string) => get<Coverage>(`${at(flow)}/coverage`);
export const saveCall = (flow: string, call: string, name: string) =>
  post<SavedTest>(at(flow), { from_call: call, name });
export const pageOfTests = (flow: string) => `/flows/${encodeURIComponent(flow)}/tests/`;
