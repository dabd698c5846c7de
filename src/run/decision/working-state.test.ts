import { describe, expect, test } from "vitest";
import type { FreeList } from "../../heap/free-list";
import { eventOf } from "../../heap/testing/event-of";
import { heapOf } from "../../heap/testing/heap-of";
import { type HeapState, stateOf } from "../heap-state";
import { decision } from "./decision";
import type { DecisionStep } from "./step";
import { holeAt } from "./working-state";

/** The steps of one operation on `heap`. */
function stepsOf(heap: FreeList, act: () => unknown, most?: number): readonly DecisionStep[] {
  const before = stateOf(heap);
  return decision(eventOf(heap, act), before, { most });
}

describe("a step points at", () => {
  test("the hole or the block around an address that names no block, and at nothing outside the heap", () => {
    const heap = heapOf("A16 f16 A24 A16", { header: 8, base: 100 });
    const [hole, block] = [
      { address: 116, size: 16 },
      { address: 132, size: 24 },
    ];
    for (const address of [116, 123, 131])
      expect(stepsOf(heap, () => heap.free(address))[0]).toMatchObject({ hole, range: null, block: null });
    for (const address of [132, 139, 155])
      expect(stepsOf(heap, () => heap.free(address))[0]).toMatchObject({ hole: null, range: block });
    for (const address of [99, 172, 1000, Number.NaN])
      expect(stepsOf(heap, () => heap.free(address))[0]).toMatchObject({ hole: null, range: null });
  });

  test("the largest hole of a heap that denies, of several the one at the lowest address; at none where none is", () => {
    const heap = heapOf("f8 A8 f16 A8 f16 A8");
    expect(stepsOf(heap, () => heap.malloc(24)).at(-2)).toMatchObject({
      kind: "denied",
      largestHole: 16,
      hole: { address: 16, size: 16 },
    });
    const full = heapOf("A8");
    expect(stepsOf(full, () => full.malloc(1)).at(-2)).toMatchObject({
      kind: "denied",
      freeBytes: 0,
      largestHole: 0,
      hole: null,
    });
  });
});

test("a rover goes along with merges that are left out", () => {
  const heap = heapOf(`${"f8 ".repeat(40)}A8`, { fit: "next", coalesce: "deferred" });
  const front = Array.from({ length: 20 }, () => heap.malloc(8)!);
  for (const address of front) heap.free(address);
  expect(stateOf(heap).rover).toBe(160);
  const steps = stepsOf(heap, () => heap.malloc(300), 8);
  const left = steps.findIndex(({ kind, record }) => kind === "skipped" && record === null);
  expect(steps.slice(left).map(({ text }) => text)).toEqual([
    "35 merges of the same kind are left out here.",
    "304 + 8 = 312: the two become one hole of 312 bytes at 0.",
    "Records 1 and 2 leave the list, and the hole at 0 takes the foremost place, record 1. The list has 2 records now.",
    "312 + 8 = 320: the two become one hole of 320 bytes at 0.",
    "Records 1 and 2 leave the list, and the hole at 0 takes the foremost place, record 1. The list has 1 record now.",
    "The rover stands on the hole at 0, record 1: the next search begins there.",
    "Now the list is searched again: next fit walks the one record of the list from its head to the first hole of at least 300 bytes.",
    "Record 1: the hole of 320 bytes at 0 is large enough for 300.",
    "The choice is the hole of 320 bytes at 0, record 1: the first from there on that is large enough.",
    "The hole of 320 bytes is split: its first 300 bytes become the block at 0, and 20 bytes stay free at 300.",
    "The hole at 300 takes the old one's place in the list, record 1. The list has 1 record now.",
    "The rover stands on the hole at 300, record 1: the next search begins there.",
    "malloc answers 0.",
  ]);
});

describe("a state in which the operation was not called is refused", () => {
  const sentence =
    "The state before must be the one in which the operation was called, and in this one it would have done something else; take stateOf(heap) right before it.";
  /** What is thrown for a free, which merges, or a malloc, where the state before was changed. */
  const refused = (act: "free" | "malloc", change: (state: HeapState) => Partial<HeapState>) => () => {
    const heap = heapOf("A8 f16 A8");
    const before = stateOf(heap);
    const event = eventOf(heap, () => (act === "free" ? heap.free(0) : heap.malloc(8)));
    decision(event, { ...before, ...change(before) });
  };

  test.each([
    ["a hole is in no list", refused("free", () => ({ list: [] }))],
    ["the block is not there", refused("free", ({ blocks }) => ({ blocks: blocks.slice(1) }))],
    [
      "the block has another size",
      refused("free", ({ blocks: [block, ...rest] }) => ({ blocks: [{ ...block!, size: 4 }, ...rest] })),
    ],
    [
      "another hole is chosen",
      refused("malloc", ({ blocks: [block, ...rest] }) => {
        const hole = { ...block!, free: true };
        return { blocks: [hole, ...rest], list: [hole, rest[0]!] };
      }),
    ],
    [
      "the hole is of another size",
      refused("free", ({ blocks: [block, hole, last] }) => {
        const other = { ...hole!, size: 8 };
        return { blocks: [block!, other, last!], list: [other] };
      }),
    ],
    [
      "the hole that was taken stays",
      refused("malloc", ({ blocks: [block] }) => {
        const [taken, other] = [holeAt(8, 8), holeAt(16, 16)];
        return { blocks: [block!, taken, other], list: [other] };
      }),
    ],
    [
      "the hole that was taken lies behind the top",
      refused("malloc", () => ({ blocks: [holeAt(0, 8)], top: 8, list: [holeAt(0, 8)] })),
    ],
    [
      "the hole that is taken lies behind that which was taken",
      refused("malloc", () => ({ blocks: [holeAt(12, 8)], base: 12, top: 20, list: [holeAt(12, 8)] })),
    ],
  ])("%s", (_why, decide) => {
    expect(decide).toThrow(RangeError);
    expect(decide).toThrow(sentence);
  });
});
