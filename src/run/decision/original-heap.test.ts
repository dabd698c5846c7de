import { expect, test } from "vitest";
import { OriginalHeap } from "../../heap/original-heap";
import { eventOf } from "../../heap/testing/event-of";
import { stateOf } from "../heap-state";
import { StepChecker } from "../testing/step-checker";
import { decision } from "./decision";

/** The steps of one operation on `heap`, which lead to its state. */
function stepsOf(heap: OriginalHeap, act: () => unknown) {
  const before = stateOf(heap);
  const checker = new StepChecker(before);
  const steps = decision(eventOf(heap, act), before);
  checker.follow(steps);
  expect(checker.blocks).toEqual(stateOf(heap).blocks);
  expect(checker.list).toEqual(stateOf(heap).list);
  return steps;
}
const told = (heap: OriginalHeap, act: () => unknown) => stepsOf(heap, act).map(({ text }) => text);

/** The original program with blocks of 16, 8 and 24 bytes, and 16 free bytes behind them. */
function make(): OriginalHeap {
  const heap = new OriginalHeap(64, 8);
  for (const request of [16, 8, 24]) heap.malloc(request);
  return heap;
}

test("a malloc that fits exactly, and one that is denied", () => {
  const heap = make();
  const exact = stepsOf(heap, () => heap.malloc(16));
  expect(exact.slice(1).map(({ text }) => text)).toEqual([
    "The original program walks the list of 4 records, free and allocated, from its head to the first hole of at least 16 bytes.",
    "Record 1: the hole of 16 bytes at 48 is large enough for 16.",
    "The choice is the hole of 16 bytes at 48, record 1: the first free one that is large enough.",
    "The hole of 16 bytes fits exactly: all of it becomes the block at 48.",
    "malloc answers 48.",
  ]);
  expect(exact[1]).toMatchObject({ kind: "search", fit: "original", again: false });
  expect(exact[3]).toMatchObject({ kind: "choice", fit: "original" });
  expect(stepsOf(heap, () => heap.malloc(8)).slice(-3)).toMatchObject([
    { kind: "no-choice", size: 8, declined: false },
    { kind: "denied", reason: "short", hole: null },
    { kind: "answer", value: null },
  ]);
});

test("a free that merges on both sides, behind first, and moves each hole to the front", () => {
  const heap = make();
  heap.free(0);
  heap.free(24);
  const steps = stepsOf(heap, () => heap.free(16));
  expect(steps.slice(1).map(({ text }) => text)).toEqual([
    "The block of 8 bytes at 16 becomes a hole.",
    "Behind it is a hole, 40 bytes at 24: they merge.",
    "8 + 40 = 48: the two become one hole of 48 bytes at 16.",
    "Records 2 and 3 leave the list, and the hole at 16 joins it as record 1, at the front. The list has 2 records now.",
    "Before it is a hole, 16 bytes at 0: they merge.",
    "16 + 48 = 64: the two become one hole of 64 bytes at 0.",
    "Records 1 and 2 leave the list, and the hole at 0 joins it as record 1, at the front. The list has 1 record now.",
    "The original program sorts its list by address: 1 record.",
    "free answers true.",
  ]);
});

test("a free at the edges of the heap, once more, and of no block", () => {
  const heap = make();
  const first = stepsOf(heap, () => heap.free(0));
  expect(first.filter(({ kind }) => kind === "neighbour")).toMatchObject([
    { side: "behind", answer: "allocated", block: { address: 16, size: 8 }, hole: null },
    { side: "before", answer: "edge", block: null, hole: null },
  ]);
  expect(first[1]).toMatchObject({ kind: "freed", again: false });
  expect(stepsOf(heap, () => heap.free(0))[1]).toMatchObject({ kind: "freed", again: true });
  expect(told(heap, () => heap.free(3))).toEqual([
    "3 lies in free memory, freed before or never allocated, so no block is named.",
    "free answers false.",
  ]);
});
