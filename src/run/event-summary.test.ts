import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { OriginalHeap } from "../heap/original-heap";
import { eventOf } from "../heap/testing/event-of";
import { heapOf } from "../heap/testing/heap-of";
import { flagsOf, grantOf, isDenied, StepFlag, searchOf } from "./event-summary";

const { split, merge, denied, grown, moved, refused } = StepFlag;

/** The summary of an operation: its flags, what it gave, how many records its search looked at, and whether it was denied. */
function summary(heap: Heap, act: (heap: Heap) => unknown) {
  const event = eventOf(heap, () => act(heap));
  const grant = grantOf(event);
  return [
    flagsOf(event),
    grant && [grant.address, grant.size, grant.request],
    searchOf(event)?.examined ?? null,
    isDenied(event),
  ];
}

const deferred = { coalesce: "deferred" } as const;

test("a malloc", () => {
  const headed = new FreeList(64, 16, { header: 8, base: 128 });
  expect(summary(headed, (heap) => heap.malloc(20))).toEqual([split, [128, 32, 20], 1, false]);
  expect(summary(headed, (heap) => heap.malloc(24))).toEqual([0, [160, 32, 24], 1, false]);
  expect(summary(headed, (heap) => heap.malloc(1))).toEqual([denied, null, 0, true]);
  const growing = new FreeList(0, 8, { growable: true });
  expect(summary(growing, (heap) => heap.malloc(8))).toEqual([grown, [0, 8, 8], 0, false]);
  expect(summary(heapOf("f8 f8 A8", deferred), (heap) => heap.malloc(12))).toEqual([
    split | merge,
    [0, 12, 12],
    3,
    false,
  ]);
  // The original program's odd answer is no block.
  expect(summary(new OriginalHeap(64, 8), (heap) => heap.malloc(0))).toEqual([0, null, 0, false]);
});

test("a free", () => {
  expect(summary(heapOf("A8 A8"), (heap) => heap.free(0))).toEqual([0, null, null, false]);
  expect(summary(heapOf("f8 A8 A8"), (heap) => heap.free(8))).toEqual([merge, null, null, false]);
  expect(summary(heapOf("A8 A8 f8"), (heap) => heap.free(8))).toEqual([merge, null, null, false]);
  expect(summary(heapOf("f8 A8"), (heap) => heap.free(0))).toEqual([refused, null, null, false]);
});

test("a realloc", () => {
  const realloc = (text: string, request: number, options = {}) =>
    summary(heapOf(text, options), (heap) => heap.realloc(0, request));
  expect(realloc("A8 f8", 8)).toEqual([0, [0, 8, 8], null, false]);
  expect(realloc("A8 f8", 16)).toEqual([0, [0, 16, 16], null, false]);
  expect(realloc("A8 f8", 24, { growable: true })).toEqual([grown, [0, 24, 24], null, false]);
  expect(realloc("A8 f8 f8", 24, deferred)).toEqual([merge, [0, 24, 24], 2, false]);
  expect(realloc("A8 A8 f16", 12)).toEqual([split | moved, [16, 12, 12], 1, false]);
  expect(realloc("A8 A8", 16)).toEqual([denied, null, 0, true]);
  expect(realloc("A8 f8", 0)).toEqual([merge, null, null, false]);
  expect(realloc("f8 A8", 4)).toEqual([refused, null, null, false]);
  expect(summary(heapOf("A8 f8"), (heap) => heap.realloc(null, 4))).toEqual([split, [8, 4, 4], 1, false]);
});
