import { get } from "./client";

/** What is known of a telephone number. */
export interface NumberFacts {
  readonly valid: boolean;
  readonly possible: boolean;
  readonly e164: string | null;
  /** libphonenumber's name: MOBILE, FIXED_LINE, … */
  readonly type: string;
  readonly country: string | null;
}

/** `region`: the country of numbers written without a country code. */
export const readNumber = (number: string, region: string): Promise<NumberFacts> =>
  get(`/numbers/lookup?${new URLSearchParams({ number, region })}`);
