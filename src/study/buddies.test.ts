import { expect, test } from "vitest";
import { expectedInternal, shares } from "./buddies";
import { binaryBuddies, fibonacciBuddies } from "./models/buddy-family";

test("expectedInternal of a few sizes, by hand", () => {
  // Requests 1, 2, 3, 4 in blocks of 1, 2, 4, 4: 10 of 11 words.
  expect(expectedInternal(binaryBuddies(8), shares("uniform", 4))).toBeCloseTo(1 / 11, 12);
  // In blocks of 1, 2, 3, 5.
  expect(expectedInternal(fibonacciBuddies(8), shares("uniform", 4))).toBeCloseTo(1 / 11, 12);
  // 5 in 8.
  expect(expectedInternal(binaryBuddies(8), [[5, 1]])).toBeCloseTo(3 / 8, 12);
});

test("the binary system loses a quarter of what it gives, for sizes up to a power of two", () => {
  expect(expectedInternal(binaryBuddies(1 << 20), shares("uniform", 1 << 20))).toBeCloseTo(0.25, 4);
});

test.each(["uniform", "exponential"])("shares are all there is: %s", (name) => {
  const all = [...shares(name, 1000)].reduce((sum, [, share]) => sum + share, 0);
  expect(all).toBeCloseTo(1, 12);
});
