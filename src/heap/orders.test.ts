import { expect, it } from "vitest";
import { ORDERS } from "./orders";

it("an order that is sorted says by what", () => {
  expect(Object.entries(ORDERS).map(([name, { sortedBy }]) => [name, sortedBy])).toEqual([
    ["address", "addresses"],
    ["lifo", undefined],
    ["fifo", undefined],
    ["size-ascending", "sizes"],
    ["size-descending", "sizes"],
  ]);
});
