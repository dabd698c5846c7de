import { describe, expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { FreeList } from "../heap/free-list";
import type { FreeListOptions } from "../heap/options";
import { OriginalHeap } from "../heap/original-heap";
import { heapOf } from "../heap/testing/heap-of";
import { alternatives } from "./alternatives";
import { branch } from "./branch";
import { searchOf } from "./event-summary";
import { History } from "./history";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);

/** Holes of these sizes with allocated memory between them. */
function holesOf(sizes: string, options: FreeListOptions = {}): FreeList {
  return heapOf(
    `${sizes
      .split(" ")
      .map((size) => `f${size}`)
      .join(" A1 ")} A1`,
    options,
  );
}

/** What each fit takes for the last of the requests, as the size of its hole. */
function choices(sizes: string, requests: readonly number[], options: FreeListOptions = {}) {
  const heap = holesOf(sizes, options);
  const history = History.of(heap);
  for (const request of requests) heap.malloc(request);
  const { fits } = alternatives(history, history.length);
  return Object.fromEntries(fits.map(({ fit, hole }) => [fit, hole?.size ?? null]));
}

describe("alternatives", () => {
  test("names what each fit takes in one state: Tanenbaum's holes", () => {
    const sizes = "10 4 20 18 7 9 12 15";
    expect(choices(sizes, [12])).toMatchObject({ first: 20, next: 20, best: 12, worst: 20 });
    expect(choices(sizes, [9])).toMatchObject({ first: 10, next: 10, best: 9, worst: 20 });
  });

  test("says where each fit finds it, after how many records, and what is left", () => {
    const heap = holesOf("10 30 20", { fit: "best" });
    const history = History.of(heap);
    heap.malloc(15);
    const none = { merges: 0, grown: 0, failure: null };
    const second = { address: 11, size: 30 };
    const { fits, ...rest } = alternatives(history, 1);
    expect(rest).toEqual({ size: 15, reason: "" });
    const classic = fits.filter(({ fit }) => ["first", "next", "best", "worst"].includes(fit));
    expect(classic).toEqual([
      {
        fit: "first",
        own: false,
        hole: second,
        examined: 2,
        remainder: { address: 26, size: 15 },
        ...none,
      },
      { fit: "next", own: false, hole: second, examined: 2, remainder: { address: 26, size: 15 }, ...none },
      {
        fit: "best",
        own: true,
        hole: { address: 42, size: 20 },
        examined: 3,
        remainder: { address: 57, size: 5 },
        ...none,
      },
      {
        fit: "worst",
        own: false,
        hole: second,
        examined: 3,
        remainder: { address: 26, size: 15 },
        ...none,
      },
    ]);
  });

  test("a denied request is denied under every fit; next fit goes on at its rover", () => {
    expect(choices("10 30 20", [31], { fit: "worst" })).toMatchObject({
      first: null,
      next: null,
      best: null,
      worst: null,
    });
    expect(choices("10 30 20", [12, 12], { fit: "next" })).toMatchObject({
      first: 18,
      next: 18,
      best: 18,
      worst: 20,
    });
    expect(choices("10 30 20", [25, 5], { fit: "next" })).toMatchObject({
      first: 10,
      next: 5,
      best: 5,
      worst: 20,
    });
  });

  test("the run's own way comes first where it is none of the fits", () => {
    const heap = holesOf("10 30 20", {
      fit: (holes, size) => holes.filter((hole) => hole.size >= size).at(-1),
    });
    const history = History.of(heap);
    heap.malloc(5);
    const [own, first] = alternatives(history, 1).fits;
    expect(own).toMatchObject({ fit: "custom", own: true, hole: { size: 20 } });
    expect(first).toMatchObject({ fit: "first", own: false, hole: { size: 10 } });
  });

  test("says why there is nothing to choose", () => {
    const heap = holesOf("10 30");
    const history = History.of(heap);
    heap.free(10);
    expect(alternatives(history, 1)).toEqual({
      size: 0,
      fits: [],
      reason: "This step searches for no hole.",
    });
    expect(() => alternatives(history, 2)).toThrow(RangeError);
    const buddy = policies.find(({ name }) => name === "the buddy system")!.make();
    const run = History.of(buddy);
    buddy.malloc(8);
    expect(alternatives(run, 1).reason).toMatch(/^A buddy system takes the smallest hole/);
  });

  test("says why there is nothing to choose where holes merge or nothing is asked for", () => {
    const deferred = heapOf("A16 f8 f8 A8", { coalesce: "deferred" });
    const history = History.of(deferred);
    deferred.realloc(0, 32);
    deferred.coalesce();
    expect([1, 2].map((step) => alternatives(history, step))).toEqual([
      {
        size: 0,
        fits: [],
        reason: "No hole was large enough; after holes had merged, the block grew where it was.",
      },
      { size: 0, fits: [], reason: "This step searches for no hole." },
    ]);
    const original = new OriginalHeap(64, 8);
    const run = History.of(original);
    original.malloc(0);
    expect(alternatives(run, 1)).toEqual({ size: 0, fits: [], reason: "Nothing was asked for." });
  });

  test("a realloc that moves is a search, too, and so is a malloc for which an empty heap grows", () => {
    const heap = heapOf("A8 A8 f16");
    const history = History.of(heap);
    heap.realloc(0, 16);
    expect(alternatives(history, 1).fits[0]).toMatchObject({ fit: "first", hole: { address: 16, size: 16 } });
    const growing = new FreeList(0, 8, { growable: true, fit: () => null });
    const run = History.of(growing);
    growing.malloc(8);
    const { fits, reason } = alternatives(run, 1);
    expect(reason).toBe("");
    expect(fits.map(({ fit, own, grown, hole }) => [fit, own, grown, hole])).toEqual([
      ["custom", true, 8, null],
      ["first", false, 8, null],
      ["next", false, 8, null],
      ["best", false, 8, null],
      ["worst", false, 8, null],
    ]);
  });

  test("what is left is at the other end of the hole, and is as much as may be split off", () => {
    const remainder = (options: FreeListOptions, request: number) => {
      const heap = new FreeList(32, 8, options);
      const history = History.of(heap);
      heap.malloc(request);
      return alternatives(history, 1).fits.find(({ fit }) => fit === "worst")!.remainder;
    };
    expect(remainder({}, 8)).toEqual({ address: 8, size: 24 });
    expect(remainder({ place: "high" }, 8)).toEqual({ address: 0, size: 24 });
    expect(remainder({ leastRemainder: 24 }, 8)).toEqual({ address: 8, size: 24 });
    expect(remainder({ leastRemainder: 25 }, 8)).toBeNull();
  });

  test("is denied as fragmented where the bytes are just enough", () => {
    const heap = heapOf("f8 A8 f8 A8");
    const history = History.of(heap);
    heap.malloc(16);
    heap.malloc(17);
    const failures = [1, 2].map((step) => alternatives(history, step).fits.map(({ failure }) => failure));
    expect(failures).toEqual([Array(4).fill("fragmented"), Array(4).fill("full")]);
  });

  test("of the original program's list only the holes are looked at", () => {
    const heap = new OriginalHeap(64, 8);
    for (const request of [24, 8, 16]) heap.malloc(request);
    heap.free(24);
    const history = History.of(heap);
    heap.malloc(8);
    const { fits } = alternatives(history, 1);
    expect(fits.map(({ fit, hole, examined }) => [fit, hole?.address, examined])).toEqual([
      ["original", 24, 1],
      ["first", 24, 1],
      ["next", 24, 1],
      ["best", 24, 2],
      ["worst", 48, 2],
    ]);
  });

  test.each(policies)(`its own row is what happened, with $name (seed ${SEED})`, ({ make, reallocs }) => {
    const heap = make();
    const history = History.of(heap);
    randomRun(heap, turns(300), SEED % 1000, { reallocs, most: 300 });
    const cursor = history.cursor();
    while (cursor.next()) {
      const malloc = cursor.event && searchOf(cursor.event);
      const own = alternatives(history, cursor.step).fits.find((fit) => fit.own);
      if (!malloc || !own) continue;
      const { hole, examined, remainder, merges, grown, failure } = malloc;
      expect(own).toEqual({ fit: own.fit, own: true, hole, examined, remainder, merges, grown, failure });
    }
  });

  test.each(policies.slice(2, 8))(
    `another row is what a branch there does, with $name (seed ${SEED})`,
    ({ make }) => {
      const heap = make();
      const history = History.of(heap);
      randomRun(heap, turns(120), SEED % 1001, { most: 300 });
      for (let step = 1; step <= history.length; step += 3) {
        for (const { fit, own, ...row } of alternatives(history, step).fits) {
          if (fit === "custom") continue;
          const cursor = branch(history, step - 1, { fit: fit as "first" })
            .cursor()
            .seek(1);
          const malloc = searchOf(cursor.event!)!;
          const { hole, examined, remainder, merges, grown, failure } = malloc;
          expect(row).toEqual({ hole, examined, remainder, merges, grown, failure });
        }
      }
    },
  );
});
