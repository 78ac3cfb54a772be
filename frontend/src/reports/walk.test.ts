import { expect, test } from "vitest";
import { stepsBetween } from "./walk";

test("a row walks through every status it had", () => {
  expect(stepsBetween("created", ["pending", "sent"], "delivered")).toEqual([
    "pending",
    "sent",
    "delivered",
  ]);
});

test("a status heard late does not lead a row back", () => {
  expect(stepsBetween("sent", ["created", "pending"], "delivered")).toEqual(["delivered"]);
});

test("an unchanged row does not walk", () => {
  expect(stepsBetween("sent", ["sent"], "sent")).toEqual([]);
});

test("a message that was given up may still arrive", () => {
  expect(stepsBetween("expired", [], "delivered")).toEqual(["delivered"]);
});
