import { expect, test } from "vitest";
import { delayBefore } from "./live";

test.each([
  [0, 0.5, 500],
  [1, 0.5, 1000],
  [3, 0, 3000],
  [20, 0.5, 15_000],
])("attempt %i waits", (attempt, chance, milliseconds) => {
  expect(delayBefore(attempt, chance)).toBe(milliseconds);
});
