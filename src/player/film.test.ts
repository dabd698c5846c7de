import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { Film, STOPS } from "./film";

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
