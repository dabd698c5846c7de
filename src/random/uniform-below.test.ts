import { expect, it } from "vitest";
import { uniformBelow } from "./uniform-below";

it("uniformBelow rejects the draws that would favour the lower integers", () => {
  const limit = 3 * 2 ** 51; // 2^53 is limit + 2^51: the topmost quarter of the draws is one too many
  const draws = [0.999, 0.75, 0.7499];
  expect(uniformBelow(() => draws.shift()!, limit)).toBe(Math.floor(0.7499 * 2 ** 53));
  expect(draws).toEqual([]);
});

it("uniformBelow uses the whole range of its draws", () => {
  expect(uniformBelow(() => 1 - 2 ** -53, 2 ** 52)).toBe(2 ** 52 - 1);
  expect(uniformBelow(() => 0, 5)).toBe(0);
  expect(uniformBelow(() => 0.3, 1)).toBe(0);
});
