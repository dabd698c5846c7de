import { describe, expect, it } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { turns } from "../../base/testing/turns";
import { CountTree } from "./count-tree";
import { MaxTree } from "./max-tree";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);

describe(`MaxTree finds what a walk along the row finds (seed ${SEED})`, () => {
  it.each([1, 4, 5, 15, 16, 17, 256, 257, 5000])("of %d numbers", (length) => {
    const random = numbers(SEED + length);
    let tree = new MaxTree(length);
    const row = new Array<number>(length).fill(0);
    for (let i = 0; i < turns(500); i++) {
      const at = random(length);
      row[at] = [0, 1, random(5), random(2 ** 30)][random(4)]!;
      tree.set(at, row[at]!);
      const [from, value] = [random(length), Math.max(1, [random(5), row[random(length)]!][random(2)]!)];
      expect(tree.first(value, from)).toBe(row.findIndex((other, j) => j >= from && other >= value));
      expect(tree.first(value)).toBe(row.findIndex((other) => other >= value));
      expect(tree.at(from)).toBe(row[from]);
      expect(tree.max()).toBe(row.reduce((a, b) => Math.max(a, b)));
      tree.check();
      if (i === 250) {
        tree = tree.resized(2 * length + 20);
        tree.check();
        expect(tree.length).toBeGreaterThanOrEqual(2 * length + 20);
      }
    }
    for (let i = 0; i < length; i++) tree.set(i, 0);
    expect([tree.max(), tree.first(1)]).toEqual([0, -1]);
  });
});

describe(`CountTree sums as a loop does (seed ${SEED})`, () => {
  it.each([1, 31, 32, 33, 1025, 40_000])("%d counters", (length) => {
    const random = numbers(SEED + length);
    const tree = new CountTree(length);
    const row = new Array<number>(length).fill(0);
    for (let i = 0; i < turns(300); i++) {
      const at = random(length);
      const change = random(2) === 0 ? 1 : -1;
      tree.add(at, change);
      row[at]! += change;
      const end = [0, length, random(length)][random(3)]!;
      expect(tree.before(end)).toBe(row.slice(0, end).reduce((a, b) => a + b, 0));
    }
  });
});
