import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import type { FreeListOptions } from "../heap/options";
import { type ComparedRun, DifferenceSearch, firstDifference } from "./first-difference";
import { History } from "./history";
import { Lives } from "./lives";
import type { Survey } from "./survey";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

/** A hole of 24 bytes before one of 16, then a request of 16: first and best fit part at step 6. */
function run(options: FreeListOptions, more: readonly number[] = []) {
  const heap = new FreeList(256, 8, options);
  const history = History.of(heap);
  const blocks = [24, 8, 16].map((size) => heap.malloc(size));
  heap.free(blocks[0]!);
  heap.malloc(200);
  heap.free(blocks[2]!);
  heap.malloc(16);
  for (const size of more) heap.malloc(size);
  return history;
}

/** A run whose lives are had in stretches, as those of a long run are. */
function inStretches(history: History): ComparedRun {
  const run = History.decode(history.encode()).cut({ whole: 0, stretch: 8, spacing: 16 });
  const known = new Map<Survey, Lives>();
  return {
    base: run.survey(0).base,
    steps: run.length,
    livesAt(step) {
      const stretch = run.survey(step);
      const lives = known.get(stretch) ?? new Lives(run, stretch).read(stretch.known);
      known.set(stretch, lives);
      return lives;
    },
  };
}

/** The first difference of runs in stretches. */
function differenceInStretches(runs: readonly History[]): number | null {
  const search = new DifferenceSearch(runs.map(inStretches));
  search.work(Number.POSITIVE_INFINITY);
  return search.found;
}

describe("firstDifference", () => {
  test("is the step at which a policy places a block elsewhere", () => {
    expect(firstDifference([run({ fit: "first" }), run({ fit: "best" })])).toBe(7);
    expect(firstDifference([run({}), run({}), run({ fit: "best" })])).toBe(7);
  });

  test("is null for runs that agree, also at another base", () => {
    expect(firstDifference([run({}), run({})])).toBeNull();
    expect(firstDifference([run({}), run({ base: 4096 })])).toBeNull();
    expect(firstDifference([run({})])).toBeNull();
    expect(firstDifference([])).toBeNull();
  });

  test("is the step at which one run goes on and its heap becomes another", () => {
    expect(firstDifference([run({}), run({}, [8])])).toBe(8);
    // The 200 bytes do not fit a second time: the step is denied, and the heaps stay alike.
    expect(firstDifference([run({}), run({}, [200])])).toBeNull();
    expect(firstDifference([run({}), run({}, [200, 8])])).toBe(9);
  });

  test("is null while other requests leave the heaps alike", () => {
    expect(firstDifference([run({}, [8]), run({}, [7])])).toBeNull();
    expect(firstDifference([run({}, [200]), run({}, [300])])).toBeNull();
  });

  test("is 0 for heaps that differ before the first step", () => {
    const used = new FreeList(64, 8);
    used.malloc(8);
    expect(firstDifference([History.of(used), History.of(new FreeList(64, 8))])).toBe(0);
  });

  test("is the step at which one run frees a block that the other keeps", () => {
    const runs = [0, 1000].map((address) => {
      const heap = new FreeList(64, 8);
      const history = History.of(heap);
      for (let i = 0; i < 40; i++) heap.free(heap.malloc(8));
      heap.malloc(8);
      heap.malloc(16);
      heap.free(address);
      heap.malloc(1000);
      return history;
    });
    expect(firstDifference(runs)).toBe(83);
    expect(differenceInStretches(runs)).toBe(83);
  });

  test("is the step of a realloc that keeps a block in one heap at another size", () => {
    const runs = [16, 24].map((size) => {
      const heap = new FreeList(64, 8);
      const history = History.of(heap);
      heap.realloc(heap.malloc(8), size);
      return history;
    });
    expect(firstDifference(runs)).toBe(2);
  });

  test.each(policies)(
    "is the first step at which the blocks are not those of the defaults, with $name",
    ({ make, reallocs }) => {
      const runs = [policies[0]!.make(), make()].map((heap) => {
        const history = History.of(heap);
        randomRun(heap, 60, 21, { reallocs });
        return history.stop();
      });
      const cursors = runs.map((history) => history.cursor());
      const blocksAt = (step: number) =>
        cursors.map((cursor) => {
          const blocks = [...cursor.seek(Math.min(step, cursor.length)).blocks()].filter(({ free }) => !free);
          return blocks.map(({ address, size }) => `${address - cursor.heap.base}+${size}`).join(" ");
        });
      let step = 0;
      const last = Math.max(...runs.map(({ length }) => length));
      while (step <= last && blocksAt(step)[0] === blocksAt(step)[1]) step++;
      expect(firstDifference(runs)).toBe(step > last ? null : step);
      expect(firstDifference([...runs].reverse())).toBe(step > last ? null : step);
      expect(differenceInStretches(runs)).toBe(step > last ? null : step);
    },
  );
});

test("a search works for the time that it is given, and goes on", () => {
  const search = new DifferenceSearch([run({}), run({ fit: "best" })].map(inStretches));
  expect(search.work(-1)).toBe(false);
  expect(search.found).toBeNull();
  while (!search.work(1));
  expect(search.found).toBe(7);
  expect(search.work(-1)).toBe(true);
});
