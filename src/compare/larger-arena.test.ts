import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { FITS, type Fit } from "../heap/fits";
import { replay } from "../run/replay";
import { anyTrace } from "../run/testing/any-trace";
import { arenaFrom, arenaOf, comparedPolicy } from "./compared-policy";
import { largerArenaRule } from "./larger-arena";
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
