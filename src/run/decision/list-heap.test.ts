import { describe, expect, test } from "vitest";
import { FreeList } from "../../heap/free-list";
import type { CustomFit } from "../../heap/options";
import { eventOf } from "../../heap/testing/event-of";
import { heapOf } from "../../heap/testing/heap-of";
import { stateOf } from "../heap-state";
import { decision } from "./decision";

/** The steps of one operation on `heap`. */
function stepsOf(heap: FreeList, act: () => unknown) {
  const before = stateOf(heap);
  return decision(eventOf(heap, act), before);
}
const told = (heap: FreeList, act: () => unknown) => stepsOf(heap, act).map(({ text }) => text);

const first: CustomFit = (holes, size) => holes.find((hole) => hole.size >= size);

describe("a fit of one's own", () => {
  test("is asked twice where holes merge in between", () => {
    const heap = heapOf("f8 f16 A8", { fit: first, coalesce: "deferred" });
    expect(told(heap, () => heap.malloc(24)).slice(1, -3)).toEqual([
      "A fit of one's own gets the list of 2 records to choose a hole of at least 24 bytes.",
      "Which holes it looked at, only it knows.",
      "No hole has 24 bytes or more: the search has failed.",
      "Coalescing was deferred until now: 1 pair of neighbouring holes merges, and then it is tried again.",
      "8 + 16 = 24: the two become one hole of 24 bytes at 0.",
      "Records 1 and 2 leave the list, and the hole at 0 takes the foremost place, record 1. The list has 1 record now.",
      "Now the list is searched again: a fit of one's own gets the one record of the list to choose a hole of at least 24 bytes.",
      "In both searches it looked at 3 holes; which, and why, only it knows.",
      "The choice is the hole of 24 bytes at 0, record 1: as the fit of one's own wishes.",
    ]);
  });

  test("is asked once where a block grows in place after the merges", () => {
    const heap = heapOf("A16 f8 f8 A8", { fit: first, coalesce: "deferred" });
    const steps = stepsOf(heap, () => heap.realloc(0, 32));
    expect(steps.map(({ text }) => text)).toEqual([
      "0 names the block of 16 bytes there.",
      "32 bytes, without header or rounding.",
      "The block of 16 bytes at 0 is 16 bytes short; behind it is a hole of 8 bytes, which is not enough: it must move.",
      "32 bytes, without header or rounding.",
      "A fit of one's own gets the list of 2 records to choose a hole of at least 32 bytes.",
      "It looked at 2 of 2 holes; which, and why, only it knows.",
      "No hole has 32 bytes or more: the search has failed.",
      "Coalescing was deferred until now: 1 pair of neighbouring holes merges, and then it is tried again.",
      "8 + 8 = 16: the two become one hole of 16 bytes at 16.",
      "Records 1 and 2 leave the list, and the hole at 16 takes the foremost place, record 1. The list has 1 record now.",
      "The block of 16 bytes at 0 is 16 bytes short; behind it is a hole of 16 bytes, enough to grow where it is.",
      "16 + 16 = 32: the block grows where it is, by 16 bytes of the hole at 16.",
      "Record 1 leaves the list. The list has 0 records now.",
      "realloc answers 0.",
    ]);
    expect(steps[7]).toMatchObject({ kind: "coalesce", cause: "failed search" });
  });

  test("chooses none of a heap that grows: the hole at the top only counts towards what is needed", () => {
    const heap = heapOf("A8 f8", { fit: first, growable: true });
    expect(told(heap, () => heap.malloc(24)).slice(2, -1)).toEqual([
      "It looked at 1 of 1 hole; which, and why, only it knows.",
      "No hole has 24 bytes or more: the search has failed.",
      "The heap grows by 16 bytes, from 16 to 32; the hole at its top, 8 bytes at 8, counts towards what is needed.",
      "8 + 16 = 24: the two become one hole of 24 bytes at 8.",
      "Record 1 leaves the list. The list has 0 records now.",
      "The hole of 24 bytes fits exactly: all of it becomes the block at 8.",
    ]);
  });

  test("declines a hole that would fit exactly", () => {
    const heap = new FreeList(64, 8, { fit: () => null });
    expect(told(heap, () => heap.malloc(64)).at(3)).toBe(
      "The fit of one's own chooses none, although a hole of at least 64 bytes is there.",
    );
  });
});

describe("a realloc", () => {
  test("moves although holes have merged, where none of them is behind the block", () => {
    const heap = heapOf("A8 A8 f8 f8 A8", { coalesce: "deferred" });
    expect(told(heap, () => heap.realloc(0, 16)).slice(7, 14)).toEqual([
      "No hole has 16 bytes or more: the search has failed.",
      "Coalescing was deferred until now: 1 pair of neighbouring holes merges, and then it is tried again.",
      "8 + 8 = 16: the two become one hole of 16 bytes at 16.",
      "Records 1 and 2 leave the list, and the hole at 16 takes the foremost place, record 1. The list has 1 record now.",
      "The block of 8 bytes at 0 is 8 bytes short; behind it is an allocated block, so it must move.",
      "Now the list is searched again: first fit walks the one record of the list from its head to the first hole of at least 16 bytes.",
      "Record 1: the hole of 16 bytes at 16 is large enough for 16.",
    ]);
  });

  test("splits off the least remainder, and nothing less", () => {
    const grow = (request: number) => {
      const heap = heapOf("A16 f24 A8", { leastRemainder: 8 });
      return told(heap, () => heap.realloc(0, request)).slice(3, -1);
    };
    expect(grow(32)).toEqual([
      "16 + 16 = 32: the block grows where it is, by 16 bytes of the hole at 16, and 8 bytes at 32 stay free.",
      "The hole at 32 takes the old one's place in the list, record 1. The list has 1 record now.",
    ]);
    expect(grow(36)).toEqual([
      "16 + 24 = 40: the block grows where it is, by 24 bytes of the hole at 16, of which the last 4 bytes are too few to be split off.",
      "Record 1 leaves the list. The list has 0 records now.",
    ]);
  });

  /** A heap whose list has the holes at 24, 48, 80 and 0; the last of the heap is that at 80. */
  const roving = (mallocs: number) => {
    const options = { fit: "next", order: "lifo", growable: true } as const;
    const heap = heapOf("f16 A8 f16 A8 f16 A16 f16", options, [0, 80, 48, 24]);
    for (let i = 0; i < mallocs; i++) heap.malloc(16);
    return heap;
  };

  test("grows into new memory at the top, and takes the rover off the hole that was there", () => {
    const heap = roving(2);
    heap.free(24);
    expect(stateOf(heap).rover).toBe(80);
    expect(told(heap, () => heap.realloc(64, 40)).slice(2)).toEqual([
      "The block of 16 bytes at 64 is 24 bytes short; behind it is a hole of 16 bytes, and the heap can grow there.",
      "The heap grows by 8 bytes, from 96 to 104; the hole at its top, 16 bytes at 80, counts towards what is needed.",
      "16 + 8 = 24: the two become one hole of 24 bytes at 80.",
      "Record 2 leaves the list. The list has 2 records now.",
      "16 + 24 = 40: the block grows where it is, by 24 bytes of the hole at 80.",
      "The rover stands on the hole at 0, record 2: the next search begins there.",
      "realloc answers 64.",
    ]);
    expect(stateOf(heap).rover).toBe(0);
  });

  test("grows at the top, and leaves the rover where it is on another hole", () => {
    const heap = roving(1);
    expect(stateOf(heap).rover).toBe(48);
    expect(told(heap, () => heap.realloc(64, 40)).slice(5)).toEqual([
      "Record 2 leaves the list. The list has 2 records now.",
      "16 + 24 = 40: the block grows where it is, by 24 bytes of the hole at 80.",
      "realloc answers 64.",
    ]);
    expect(stateOf(heap).rover).toBe(48);
  });
});

test("each neighbour of a block that is freed has its side", () => {
  const heap = heapOf("f8 A8 f8");
  const sides = stepsOf(heap, () => heap.free(8)).flatMap((step) =>
    step.kind === "neighbour" ? [step.side] : [],
  );
  expect(sides).toEqual(["before", "behind"]);
});
