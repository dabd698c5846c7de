import { describe, expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import type { FreeList } from "../heap/free-list";
import type { FreeListOptions } from "../heap/options";
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
