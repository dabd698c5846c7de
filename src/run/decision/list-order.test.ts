import { expect, test } from "vitest";
import type { Block } from "../../heap/block";
import { ORDERS, type Order } from "../../heap/orders";
import { mergedList, placeOf } from "./list-order";
import { holeAt } from "./working-state";

const { index } = ORDERS.fifo;
const bySize: Order["compare"] = (a, b) => a.size - b.size;

test("a new hole joins at the front or back, in a sorted list at the front or back of its equals", () => {
  const list = [4, 8, 8, 16].map((size, i) => holeAt(100 * i, size));
  const at = (order: Omit<Order, "index">, size = 8) => placeOf({ ...order, index }, list, holeAt(50, size));
  expect(at({ newest: "front" })).toBe(0);
  expect(at({ newest: "back" })).toBe(4);
  expect(at({})).toBe(4);
  expect(at({ compare: bySize, newest: "front" })).toBe(1);
  expect(at({ compare: bySize, newest: "back" })).toBe(3);
  expect(at({ compare: bySize })).toBe(3);
  expect([2, 4, 9, 16, 20].map((size) => at({ compare: bySize }, size))).toEqual([0, 1, 3, 4, 4]);
});

test("holes that have merged take the foremost place of their parts, or their place in a sorted list", () => {
  // Holes at 0, 8 and 16 have become one of 24 bytes, those at 40 and 48 one of 16.
  const list = [48, 8, 32, 0, 40, 16].map((address) => holeAt(address, 8));
  const [low, high] = [holeAt(0, 24), holeAt(40, 16)];
  const merged = new Map<number, Block>([
    [0, low],
    [40, high],
  ]);
  const into = new Map([
    [0, 0],
    [8, 0],
    [16, 0],
    [40, 40],
    [48, 40],
  ]);
  const after = (order: Omit<Order, "index">) =>
    mergedList({ ...order, index }, list, merged, into).map(({ address }) => address);
  expect(after({ newest: "front" })).toEqual([40, 0, 32]);
  expect(after({ compare: (a, b) => a.address - b.address })).toEqual([0, 32, 40]);
  expect(after({ compare: (a, b) => b.size - a.size })).toEqual([0, 40, 32]);
  // Of equals, those that have merged are in front, the one at the highest address first.
  expect(after({ compare: () => 0, newest: "front" })).toEqual([40, 0, 32]);
});
