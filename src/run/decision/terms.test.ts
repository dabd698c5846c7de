import { describe, expect, test } from "vitest";
import { BuddySystem } from "../../heap/buddy-system";
import { FITS } from "../../heap/fits";
import { FixedPartitions } from "../../heap/fixed-partitions";
import { FreeList } from "../../heap/free-list";
import { COALESCINGS, ORDERS } from "../../heap/orders";
import { OriginalHeap } from "../../heap/original-heap";
import { SegregatedFits } from "../../heap/segregated-fits";
import { classOf, termsOf } from "./terms";

const splitting = { growable: false, place: "low", leastRemainder: 1 };

describe("the terms of", () => {
  test("a free list: the defaults, and what is given", () => {
    expect(termsOf(new FreeList(64, 8).describe())).toEqual({
      kind: "free-list",
      searcher: "first",
      fit: FITS.first,
      arranger: "address",
      order: ORDERS.address,
      coalesce: "immediate",
      coalescing: COALESCINGS.immediate,
      ...splitting,
      align: 8,
      classes: [],
    });
    const options = { fit: "next", order: "lifo", coalesce: "never" } as const;
    const split = { align: 16, growable: true, place: "high", leastRemainder: 32 } as const;
    const given = new FreeList(64, 8, { ...options, ...split });
    expect(termsOf(given.describe())).toEqual({
      kind: "free-list",
      searcher: "next",
      fit: FITS.next,
      arranger: "lifo",
      order: ORDERS.lifo,
      coalesce: "never",
      coalescing: COALESCINGS.never,
      ...split,
      classes: [],
    });
    const own = new FreeList(64, 8, { fit: () => null });
    expect(termsOf(own.describe())).toMatchObject({ searcher: "custom", fit: FITS.first });
  });

  test("fixed partitions: never merged, never split", () => {
    const heap = new FixedPartitions([8, 24], 8, { fit: "best" });
    expect(termsOf(heap.describe())).toMatchObject({
      kind: "fixed-partitions",
      searcher: "best",
      fit: FITS.best,
      arranger: "address",
      coalesce: "never",
      coalescing: COALESCINGS.never,
      leastRemainder: 32,
    });
  });

  test("segregated fits: the list in the order of classes, in each the newest in front", () => {
    const terms = termsOf(new SegregatedFits(64, 8, { classes: [8, 16], coalesce: "deferred" }).describe());
    expect(terms).toMatchObject({
      kind: "segregated-fits",
      searcher: "segregated",
      fit: FITS.first,
      arranger: "segregated",
      coalesce: "deferred",
      classes: [8, 16],
      ...splitting,
    });
    const { compare, newest } = terms.order;
    const sign = (a: number, b: number) =>
      Math.sign(compare!({ address: 0, size: a }, { address: 0, size: b }));
    expect(newest).toBe("front");
    expect([sign(8, 9), sign(9, 16), sign(17, 16), sign(17, 1000)]).toEqual([-1, 0, 1, 0]);
    const usual = termsOf(new SegregatedFits(64, 8, { align: 16 }).describe());
    expect(usual.classes.slice(0, 3)).toEqual([16, 32, 64]);
  });

  test("a buddy system and the original program", () => {
    expect(termsOf(new BuddySystem(64, 8, { align: 16, growable: true }).describe())).toMatchObject({
      kind: "buddy",
      searcher: "buddy",
      arranger: "buddy",
      order: ORDERS["size-ascending"],
      align: 16,
      growable: true,
    });
    expect(termsOf(new OriginalHeap(64, 8).describe())).toMatchObject({
      kind: "original",
      searcher: "original",
      fit: FITS.first,
      arranger: "original",
      order: ORDERS.lifo,
      align: 8,
      growable: false,
    });
  });

  test("a heap of another kind are refused", () => {
    const other = { ...new FreeList(64, 8).describe(), kind: "slab" };
    expect(() => termsOf(other)).toThrow(RangeError);
    expect(() => termsOf(other)).toThrow(
      'Only the heaps of this library can be asked for their decisions, and the kind "slab" is none of theirs.',
    );
  });
});

test("the class of a size is the first whose bound is not below it, or the last", () => {
  expect([1, 8, 9, 16, 17].map((size) => classOf(size, [8, 16]))).toEqual([0, 0, 1, 1, 2]);
});
