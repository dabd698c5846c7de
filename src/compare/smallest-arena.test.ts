import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { replay } from "../run/replay";
import { anyTrace } from "../run/testing/any-trace";
import { Trace } from "../trace/trace";
import { arenaFrom, arenaOf, comparedPolicy } from "./compared-policy";
import { smallestArena } from "./smallest-arena";

/** By trying every arena from one page on. */
function smallestByBruteForce(trace: Trace, name: string): number {
  const policy = comparedPolicy(name);
  for (let bytes = policy.align; ; bytes = arenaFrom(policy, bytes + 1)) {
    if (replay(trace, arenaOf(policy, bytes)).failures === 0) return bytes;
  }
}

const RULED = ["first", "next", "best", "worst", "first/align=8/header=4", "best/align=32", "next/align=8"];
const SCANNED = [
  "first/lifo",
  "best/fifo",
  "first/deferred",
  "next/never",
  "worst/size-ascending",
  "buddy",
  "segregated-fits",
];

const malloc = (id: number, size: number) => ({ kind: "malloc", id, size }) as const;
const free = (id: number) => ({ kind: "free", id }) as const;

/** Under best fit with pages of 16 bytes the arena decides where operation 6 goes, and so whether the last one fits. */
const NOT_MONOTONE = Trace.from([
  malloc(0, 64),
  malloc(1, 16),
  malloc(2, 16),
  free(1),
  malloc(1, 32),
  free(0),
  malloc(0, 16),
  free(2),
  malloc(3, 96),
]);

describe("smallestArena", () => {
  test("is not a bound above which every arena completes", () => {
    const failures = (bytes: number) => replay(NOT_MONOTONE, arenaOf(comparedPolicy("best"), bytes)).failures;
    expect([128, 144, 160, 176, 192, 208, 224].map(failures)).toEqual([1, 0, 0, 0, 0, 1, 0]);
    expect(smallestArena(NOT_MONOTONE, comparedPolicy("best"), 10)).toMatchObject({
      bytes: 144,
      exact: true,
    });
  });

  test("of first fit without reallocs is the peak extent of a heap that grows, found in one run", () => {
    const trace = Trace.from([malloc(0, 64), malloc(1, 16), free(0), malloc(2, 80), malloc(3, 16)]);
    expect(smallestArena(trace, comparedPolicy("first"), 1)).toEqual({
      bytes: 160,
      failsBelow: 160,
      exact: true,
      runs: 1,
    });
  });

  test("says so when arenas are left untried: some that completes, and below which size all fail", () => {
    fc.assert(
      fc.property(anyTrace(60), fc.constantFrom("best", "worst/lifo", "next"), (trace, name) => {
        const answer = smallestArena(trace, comparedPolicy(name), 1);
        const least = smallestByBruteForce(trace, name);
        expect(answer.failsBelow).toBeLessThanOrEqual(least);
        expect(answer.bytes).toBeGreaterThanOrEqual(least);
        expect(answer.exact).toBe(answer.bytes === answer.failsBelow);
        expect(replay(trace, arenaOf(comparedPolicy(name), answer.bytes!)).failures).toBe(0);
      }),
      { numRuns: turns(300) },
    );
  });

  test("of an empty trace is the smallest arena there is", () => {
    expect(smallestArena(Trace.from([]), comparedPolicy("first"), 1)).toMatchObject({
      bytes: 16,
      exact: true,
    });
  });

  for (const name of [...RULED, ...SCANNED]) {
    test(`is what brute force finds: ${name}`, () => {
      const numRuns = turns(RULED.includes(name) ? 1500 : 200);
      fc.assert(
        fc.property(anyTrace(60), (trace) => {
          const answer = smallestArena(trace, comparedPolicy(name), 10_000);
          expect(answer.exact).toBe(true);
          expect(answer.bytes).toBe(smallestByBruteForce(trace, name));
        }),
        { numRuns },
      );
    });
  }
});
