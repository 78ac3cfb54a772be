import { expect, test } from "vitest";
import { ago } from "./ago";

const now = new Date("2026-11-21T10:00:00Z");

test.each([
  ["2026-11-21T09:59:40Z", "just now"],
  ["2026-11-21T10:00:30Z", "just now"],
  ["2026-11-21T09:59:00Z", "1 minute ago"],
  ["2026-11-21T07:30:00Z", "2 hours ago"],
  ["2026-11-20T10:00:00Z", "1 day ago"],
  ["2026-11-01T10:00:00Z", "2 weeks ago"],
  ["2024-11-01T10:00:00Z", "2 years ago"],
])("%s is %s", (then, words) => {
  expect(ago(new Date(then), now)).toBe(words);
});
