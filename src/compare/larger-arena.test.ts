import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { FITS, type Fit, type FitName } from "../heap/fits";
import type { Heap } from "../heap/heap";
import { replay } from "../run/replay";
import { anyTrace } from "../run/testing/any-trace";
import { arenaFrom, arenaOf, comparedPolicy } from "./compared-policy";
import { LargerArena, largerArenaRule } from "./larger-arena";
import { SizeSet } from "./size-set";
import { smallestArena } from "./smallest-arena";

/** The last hole in the list that is large enough: a fit as somebody may add it, without a rule for larger arenas. */
const LAST: Fit = { better: () => true };
const table = FITS as Record<string, Fit>;

describe("a fit in the table that states no rule", () => {
  beforeAll(() => {
    table.last = LAST;
  });
  afterAll(() => {
    delete table.last;
  });

  test("has nothing claimed for it", () => {
    expect(largerArenaRule(comparedPolicy("last"))).toBeNull();
    expect(Object.keys(FITS).filter((fit) => largerArenaRule(comparedPolicy(fit)) === null)).toEqual([
      "last",
    ]);
  });

  test("is tried in every arena: the smallest is what brute force finds", () => {
    fc.assert(
      fc.property(anyTrace(40), (trace) => {
        const policy = comparedPolicy("last");
        let least = policy.align;
        while (replay(trace, arenaOf(policy, least)).failures > 0) least = arenaFrom(policy, least + 1);
        const answer = smallestArena(trace, policy, 10_000);
        expect(answer).toMatchObject({ bytes: least, exact: true });
        const few = smallestArena(trace, policy, 1);
        expect(few.failsBelow).toBeLessThanOrEqual(least);
      }),
      { numRuns: turns(200) },
    );
  });
});

test("a rule holds in address order with immediate coalescing alone, and for no fit of one's own", () => {
  expect(largerArenaRule(comparedPolicy("best"))).toBe(FITS.best.largerArena);
  for (const name of [
    "best/lifo",
    "first/deferred",
    "next/never",
    "worst/size-ascending",
    "buddy",
    "segregated-fits",
  ])
    expect(largerArenaRule(comparedPolicy(name))).toBeNull();
  expect(largerArenaRule(comparedPolicy({ fit: (holes) => holes[0] }))).toBeNull();
});

describe("what a run in one arena says of larger ones", () => {
  /** Blocks of these bytes one behind the other, of which those at `freed` are free again. */
  const blocks = (sizes: readonly number[], freed: readonly number[]) => (heap: Heap) => {
    for (const size of sizes) heap.malloc(size);
    for (const address of freed) heap.free(address);
  };
  const CASES: [string, FitName, number, (heap: Heap) => void, number[], [number, number][]][] = [
    // A block of 8 needs 2 bytes more than the 6 at the top; what was allocated before went the same way.
    ["the top is too small", "first", 10, blocks([4], []), [8], [[10, 12]]],
    ["the top is too small", "next", 10, blocks([4], []), [8], [[10, 12]]],
    ["the top is too small", "best", 10, blocks([4], []), [8], [[10, 12]]],
    ["the top is too small", "worst", 10, blocks([4], []), [8], [[10, 12]]],
    // f6 A10 f4, the search begins at the top: with 2 bytes more, those would be taken.
    ["a search passes the top", "next", 20, blocks([6, 10], [0]), [6, 30], [[20, 22]]],
    // f6 A10 f4, the search begins at the head: in a larger arena it goes on behind the last block.
    ["a search begins anew", "next", 20, blocks([6, 10, 4], [0, 16]), [4, 30], [[20, 21]]],
    // A2 f4 A10 f4: the search has stopped in front of the hole of 4, and takes it in any arena that comes so far (with 2 bytes
    // more, the top would have been taken for the 2).
    [
      "a search goes on in front of the top",
      "next",
      20,
      (heap) => {
        blocks([6, 10, 4], [0])(heap);
        heap.malloc(2);
        heap.free(16);
      },
      [4, 14],
      [[20, 22]],
    ],
    // f8 A2 f6: of 2 bytes more at the top, the first of two holes of 8 would be taken.
    ["the top is the smallest", "best", 16, blocks([8, 2], [0]), [5, 9], [[16, 18]]],
    // f8 A8 f4: with 2 or 3 bytes more, the top would be the smallest hole for 6.
    [
      "the top might be the smallest",
      "best",
      20,
      blocks([8, 8], [0]),
      [6, 15],
      [
        [20, 22],
        [24, 31],
      ],
    ],
    // f10 A6 f4: with 7 bytes more, the top would be larger.
    ["the top is not the largest", "worst", 20, blocks([10, 6], [0]), [2, 12], [[20, 27]]],
  ];

  test.each(CASES)("%s: %s fit in %d bytes", (_, fit, bytes, begin, requests, failing) => {
    const policy = comparedPolicy({ fit, align: 1 });
    const run = (size: number) => {
      const heap = arenaOf(policy, size);
      const larger = new LargerArena(heap, policy);
      larger.watch();
      begin(heap);
      const answers = requests.map((request) => heap.malloc(request));
      return { larger, fails: answers.includes(null) };
    };
    const known = new SizeSet();
    run(bytes).larger.addFailing(known);
    const ranges: [number, number][] = [];
    for (let size = known.firstInside(0); size < 100; size = known.firstInside(ranges.at(-1)![1]))
      ranges.push([size, known.firstOutside(size)]);
    expect(ranges).toEqual(failing);
    for (const [from, end] of failing)
      for (let size = from; size < end; size++) expect([size, run(size).fails]).toEqual([size, true]);
  });
});
