import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { LONG } from "../run/stretches";
import { Film, readingText, STOPS } from "./film";

/** Splits at the steps 1 and 2, a denied request at 3, a merge at 4. */
function film(): Film {
  const heap = new FreeList(64, 4);
  const history = History.of(heap);
  heap.malloc(16);
  heap.malloc(16);
  heap.malloc(64);
  heap.free(16);
  return new Film("", history);
}

test("next finds the nearest notable step on either side, and none beyond the ends", () => {
  const run = film();
  run.read(Number.POSITIVE_INFINITY);
  expect(run.next(0, STOPS.split.mask, 1)).toBe(1);
  expect(run.next(1, STOPS.split.mask, 1)).toBe(2);
  expect(run.next(2, STOPS.split.mask, 1)).toBe(null);
  expect(run.next(4, STOPS.denied.mask, -1)).toBe(3);
  expect(run.next(1, STOPS.split.mask, -1)).toBe(null);
});

test("next finds the last one from any step behind the run's end", () => {
  const run = film();
  run.read(Number.POSITIVE_INFINITY);
  expect(run.next(5, STOPS.merge.mask, -1)).toBe(4);
  expect(run.next(100, STOPS.merge.mask, -1)).toBe(4);
  expect(run.next(100, STOPS.merge.mask, 1)).toBe(null);
});

test("next finds nothing in what has not been read", () => {
  expect(film().next(0, STOPS.split.mask, 1)).toBe(null);
});

test("nearest finds in a long run what is near before it has been read, and never one that is not the nearest", () => {
  const heap = new FreeList(1024, 16);
  const recorded = History.of(heap);
  // Denied at the steps 1 and 5001; else each block but the first is split off and merges again.
  heap.malloc(2000);
  heap.malloc(16);
  while (recorded.length < LONG + 5000) {
    if (recorded.length === 5000) heap.malloc(2000);
    const address = heap.malloc(16);
    heap.free(address);
  }
  const read = new Film("", recorded.stop());
  read.read(Number.POSITIVE_INFINITY);
  const unread = new Film("", History.decode(recorded.encode()).takeIndex(recorded.index()!));
  expect([read.known, unread.known, unread.reach]).toEqual([read.steps, 0, read.steps]);
  expect([readingText([read]), readingText([read, unread])]).toEqual(["", "Reading the run: 0 %"]);
  const { split, merge, denied } = STOPS;
  for (const step of [700_000, 700_001, 2047, 2048, 2049, 2050, read.steps - 1, read.steps]) {
    for (const direction of [1, -1] as const) {
      for (const { mask } of [split, merge]) {
        const nearest = read.next(step, mask, direction);
        expect(unread.nearest(step, mask, direction), `${direction} from ${step}`).toBe(nearest);
        expect(read.nearest(step, mask, direction)).toBe(nearest);
      }
    }
  }
  expect(read.nearest(700_000, denied.mask, -1)).toBe(5001);
  expect(unread.nearest(700_000, denied.mask, -1)).toBe(null);
  expect(unread.nearest(4990, denied.mask, 1)).toBe(5001);
  expect(unread.next(700_000, split.mask, 1)).toBe(null);
});
