import { describe, expect, test } from "vitest";
import { BuddySystem } from "../../heap/buddy-system";
import { eventOf } from "../../heap/testing/event-of";
import { stateOf } from "../heap-state";
import { decision } from "./decision";

/** The steps of one operation on `heap`. */
function stepsOf(heap: BuddySystem, act: () => unknown) {
  const before = stateOf(heap);
  return decision(eventOf(heap, act), before);
}
const told = (heap: BuddySystem, act: () => unknown) => stepsOf(heap, act).map(({ text }) => text);

describe("a buddy system that grows", () => {
  test("doubles until the block fits; a new half merges with the old one where that is all free", () => {
    const heap = new BuddySystem(64, 8, { growable: true, base: 1000 });
    const steps = stepsOf(heap, () => heap.malloc(100));
    expect(steps.slice(1, -1).map(({ text }) => text)).toEqual([
      "No hole has 128 bytes or more: the search has failed.",
      "The heap grows by 64 bytes, from 1,064 to 1,128.",
      "64 XOR 64 = 0: the buddy of the 64 bytes at 1,064 is at 1,000, and it is a hole of the same size, so they merge.",
      "64 + 64 = 128: the two become one hole of 128 bytes at 1,000.",
      "Record 1 leaves the list. The list has 0 records now.",
      "The hole of 128 bytes is the whole heap: it has no buddy.",
      "The hole at 1,000 joins the list as record 1, among those of its size. The list has 1 record now.",
      "The choice is the hole of 128 bytes at 1,000, record 1: the smallest that is large enough.",
      "Record 1 leaves the list. The list has 0 records now.",
      "The hole of 128 bytes fits exactly: all of it becomes the block at 1,000.",
    ]);
    expect(steps[2]).toMatchObject({
      kind: "grow",
      hole: null,
      range: { address: 1064, size: 64 },
    });
    expect(steps[3]).toMatchObject({ kind: "buddy", range: { address: 1000, size: 64 } });
    expect(steps[6]).toMatchObject({ kind: "buddy", answer: "none", range: null });
  });

  test("doubles once where it is full, and more often where that is too little", () => {
    const heap = new BuddySystem(64, 8, { growable: true, base: 1000 });
    heap.malloc(64);
    expect(told(heap, () => heap.malloc(16)).slice(4, 10)).toEqual([
      "No hole has 16 bytes or more: the search has failed.",
      "The heap grows by 64 bytes, from 1,064 to 1,128.",
      "64 XOR 64 = 0: the buddy of the 64 bytes at 1,064 is at 1,000, and it is allocated, so nothing merges.",
      "The hole at 1,064 joins the list as record 1, among those of its size. The list has 1 record now.",
      "The choice is the hole of 64 bytes at 1,064, record 1: the smallest that is large enough.",
      "Record 1 leaves the list. The list has 0 records now.",
    ]);
    expect(told(heap, () => heap.malloc(200)).slice(1, -1)).toEqual([
      "No hole has 256 bytes or more: the search has failed.",
      "The heap grows by 128 bytes, from 1,128 to 1,256.",
      "128 XOR 128 = 0: the buddy of the 128 bytes at 1,128 is at 1,000, and it is split, and a part of it is no hole of that size, so nothing merges.",
      "The hole at 1,128 joins the list as record 3, among those of its size. The list has 3 records now.",
      "The heap grows by 256 bytes, from 1,256 to 1,512.",
      "256 XOR 256 = 0: the buddy of the 256 bytes at 1,256 is at 1,000, and it is split, and a part of it is no hole of that size, so nothing merges.",
      "The hole at 1,256 joins the list as record 4, among those of its size. The list has 4 records now.",
      "The choice is the hole of 256 bytes at 1,256, record 4: the smallest that is large enough.",
      "Record 4 leaves the list. The list has 3 records now.",
      "The hole of 256 bytes fits exactly: all of it becomes the block at 1,256.",
    ]);
  });
});

describe("a realloc of a buddy system", () => {
  const make = () => {
    const heap = new BuddySystem(128, 8, { base: 1000, header: 4 });
    heap.malloc(28);
    return heap;
  };

  test("cuts the block in halves where it shrinks, and leaves it where the size stays", () => {
    const heap = make();
    const steps = stepsOf(heap, () => heap.realloc(1004, 4));
    expect(steps.map(({ text }) => text).slice(2)).toEqual([
      "32 bytes at 1,000 are cut in halves of 16 bytes: the lower one at 1,000, and its buddy at 1,016, which is free.",
      "The hole at 1,016 joins the list as record 1, among those of its size. The list has 3 records now.",
      "16 bytes at 1,000 are cut in halves of 8 bytes: the lower one at 1,000, and its buddy at 1,008, which is free.",
      "The hole at 1,008 joins the list as record 1, among those of its size. The list has 4 records now.",
      "realloc answers 1,004.",
    ]);
    expect(steps[2]).toMatchObject({ kind: "halve", hole: { address: 1016, size: 16 } });
    expect(told(heap, () => heap.realloc(1004, 3)).slice(1)).toEqual([
      "3 bytes + 4 of header = 7 bytes, rounded up by 1 to 8, a power of two times 8.",
      "The block of 8 bytes at 1,000 has that size already and stays as it is.",
      "realloc answers 1,004.",
    ]);
  });

  test("moves the block where it grows, and frees the old one", () => {
    const heap = make();
    const steps = stepsOf(heap, () => heap.realloc(1004, 40));
    expect(steps.map(({ text }) => text).slice(2)).toEqual([
      "The block of 32 bytes at 1,000 is 32 bytes short, and such a heap grows no block where it is.",
      "40 bytes + 4 of header = 44 bytes, rounded up by 20 to 64, a power of two times 8.",
      "There is one hole of 64 bytes, at 1,064.",
      "The choice is the hole of 64 bytes at 1,064, record 2: the smallest that is large enough.",
      "Record 2 leaves the list. The list has 1 record now.",
      "The hole of 64 bytes fits exactly: all of it becomes the block at 1,064, its payload at 1,068.",
      "28 bytes of payload are copied from 1,004 to 1,068.",
      "The payload at 1,004 starts behind the header of 4 bytes: its block has 32 bytes at 1,000.",
      "The block of 32 bytes at 1,000 becomes a hole.",
      "0 XOR 32 = 32: the buddy of the 32 bytes at 1,000 is at 1,032, and it is a hole of the same size, so they merge.",
      "32 + 32 = 64: the two become one hole of 64 bytes at 1,000.",
      "Record 1 leaves the list. The list has 0 records now.",
      "0 XOR 64 = 64: the buddy of the 64 bytes at 1,000 is at 1,064, and it is allocated, so nothing merges.",
      "The hole at 1,000 joins the list as record 1, among those of its size. The list has 1 record now.",
      "realloc answers 1,068.",
    ]);
    expect(steps[2]).toMatchObject({ kind: "room", missing: 32, behind: "never", enough: false, hole: null });
    expect(told(heap, () => heap.realloc(1068, 100)).slice(2)).toEqual([
      "The block of 64 bytes at 1,064 is 64 bytes short, and such a heap grows no block where it is.",
      "100 bytes + 4 of header = 104 bytes, rounded up by 24 to 128, a power of two times 8.",
      "There is no hole of 128 bytes.",
      "No hole has 128 bytes or more: the search has failed.",
      "Denied, because memory is short: 128 bytes are needed, 64 bytes are free in all, and the largest hole has 64.",
      "realloc answers null.",
    ]);
  });
});

test("a buddy that is split is asked for nothing more", () => {
  const heap = new BuddySystem(64, 8);
  const blocks = [8, 8, 16, 32].map((request) => heap.malloc(request)!);
  heap.free(blocks[1]!);
  expect(told(heap, () => heap.free(blocks[2]!)).slice(2)).toEqual([
    "16 XOR 16 = 0: the buddy of the 16 bytes at 16 is at 0, and it is split, and a part of it is no hole of that size, so nothing merges.",
    "The hole at 16 joins the list as record 2, among those of its size. The list has 2 records now.",
    "free answers true.",
  ]);
});
