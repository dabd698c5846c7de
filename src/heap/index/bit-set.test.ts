import { describe, expect, it } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { turns } from "../../base/testing/turns";
import { BitSet, trailingZeros } from "./bit-set";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);

describe(`BitSet finds the neighbours that a sorted array has (seed ${SEED})`, () => {
  it.each([1, 31, 32, 33, 1024, 1025, 40_000, 2 ** 20 + 1])("of %d numbers", (size) => {
    const random = numbers(SEED + size);
    let set = new BitSet(size);
    const members = new Set<number>();
    // Few members, so that the upper levels are used; the first and the last number among them.
    const some = () => [0, size - 1, random(size), random(size), Math.min(size - 1, random(64))][random(5)]!;
    for (let i = 0; i < turns(600); i++) {
      const one = some();
      if (random(3) > 0) {
        set.add(one);
        members.add(one);
      } else {
        set.delete(one);
        members.delete(one);
      }
      const at = some();
      const sorted = [...members].sort((a, b) => a - b);
      expect(set.has(at)).toBe(members.has(at));
      expect(set.next(at)).toBe(sorted.find((member) => member >= at) ?? -1);
      expect(set.previous(at)).toBe(Math.max(-1, ...sorted.filter((member) => member <= at)));
      if (i === 300) set = set.resized(3 * size);
    }
    expect(set.next(size)).toBe(-1);
    expect(set.previous(-1)).toBe(-1);
    for (const member of members) set.delete(member);
    expect([set.next(0), set.previous(size - 1)]).toEqual([-1, -1]);
  });

  it("of 2^30 numbers, at once", () => {
    const set = new BitSet(2 ** 30 + 1);
    for (const member of [0, 2 ** 29, 2 ** 30]) set.add(member);
    expect([set.next(1), set.next(2 ** 29 + 1), set.previous(2 ** 30 - 1)]).toEqual([
      2 ** 29,
      2 ** 30,
      2 ** 29,
    ]);
  });

  it("keeps its members when levels are added", () => {
    const set = new BitSet(10);
    set.add(7);
    const large = set.resized(100_000);
    large.add(99_999);
    expect([large.next(0), large.next(8), large.previous(99_998)]).toEqual([7, 99_999, 7]);
  });
});

describe("trailingZeros", () => {
  it("counts the zeros below the lowest bit, of the highest as well", () => {
    expect([1, 2, 12, -1, -(2 ** 31)].map(trailingZeros)).toEqual([0, 1, 2, 0, 31]);
  });
});
