import { describe, expect, test } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { BuddySystem } from "../../heap/buddy-system";
import type { HeapEvent } from "../../heap/event";
import { FreeList } from "../../heap/free-list";
import type { Heap } from "../../heap/heap";
import { OriginalHeap } from "../../heap/original-heap";
import { SegregatedFits } from "../../heap/segregated-fits";
import { heapOf } from "../../heap/testing/heap-of";
import { stateOf } from "../heap-state";
import { History } from "../history";
import { StepChecker } from "../testing/step-checker";
import { type DecisionOptions, decision } from "./decision";
import { decisionAt } from "./decision-at";
import type { DecisionStep } from "./step";

/** The steps of one operation on `heap`. */
function stepsOf(heap: Heap, act: () => unknown, options?: DecisionOptions): readonly DecisionStep[] {
  const before = stateOf(heap);
  let event: HeapEvent | null = null;
  const end = heap.listen((heard) => {
    event = heard;
  });
  act();
  end();
  return decision(event, before, options);
}

const told = (heap: Heap, act: () => unknown, options?: DecisionOptions) =>
  stepsOf(heap, act, options).map(({ text }) => text);

describe("a malloc", () => {
  test("first fit: the size, record by record, the choice, the split, the list", () => {
    const heap = heapOf("f16 A16 f48 A16", { header: 8, align: 16, base: 4096 });
    const steps = stepsOf(heap, () => heap.malloc(20));
    expect(steps.map(({ text }) => text)).toEqual([
      "20 bytes + 8 of header = 28 bytes, rounded up by 4 to 32, a multiple of 16.",
      "First fit walks the list of 2 records from its head to the first hole of at least 32 bytes.",
      "Record 1: the hole of 16 bytes at 4,096 is 16 bytes too small for 32.",
      "Record 2: the hole of 48 bytes at 4,128 is large enough for 32.",
      "The choice is the hole of 48 bytes at 4,128, record 2: the first that is large enough.",
      "The hole of 48 bytes is split: its first 32 bytes become the block at 4,128, its payload at 4,136, and 16 bytes stay free at 4,160.",
      "The hole at 4,160 takes the old one's place in the list, record 2. The list has 2 records now.",
      "malloc answers 4,136.",
    ]);
    expect(steps[2]).toMatchObject({
      kind: "record",
      record: 0,
      size: 32,
      missing: 16,
      best: null,
      block: null,
    });
    expect(steps[5]).toMatchObject({
      kind: "split",
      hole: { address: 4128, size: 48 },
      block: { address: 4128, size: 32 },
      payload: 4136,
      remainder: { address: 4160, size: 16 },
    });
  });

  test("best and worst fit: the best so far; an exact fit", () => {
    const best = heapOf("f40 A8 f24 A8 f32 A8 f24", { fit: "best" });
    expect(told(best, () => best.malloc(24)).slice(1, -1)).toEqual([
      "Best fit looks at all 4 records of the list for the smallest hole of at least 24 bytes.",
      "Record 1: the hole of 40 bytes at 0 is large enough for 24, and the best so far.",
      "Record 2: the hole of 24 bytes at 48 is large enough for 24, and the best so far.",
      "Record 3: the hole of 32 bytes at 80 is large enough, but no better than the 24 bytes at 48.",
      "Record 4: the hole of 24 bytes at 120 is large enough, but no better than the 24 bytes at 48.",
      "The choice is the hole of 24 bytes at 48, record 2: the smallest of those that are large enough.",
      "The hole of 24 bytes fits exactly: all of it becomes the block at 48.",
      "Record 2 leaves the list. The list has 3 records now.",
    ]);
    const worst = heapOf("f8 A8 f24", { fit: "worst", order: "size-ascending" });
    expect(told(worst, () => worst.malloc(20)).slice(2, -1)).toEqual([
      "Record 1: the hole of 8 bytes at 0 is 12 bytes too small for 20.",
      "Record 2: the hole of 24 bytes at 16 is large enough for 20, and the best so far.",
      "The choice is the hole of 24 bytes at 16, record 2: the largest of those that are large enough.",
      "The hole of 24 bytes is split: its first 20 bytes become the block at 16, and 4 bytes stay free at 36.",
      "Record 2 leaves the list, and the hole at 36 joins it as record 1, in the order of sizes. The list has 2 records now.",
    ]);
  });

  test("next fit: from the rover and around the list's end, and where the rover goes", () => {
    const heap = heapOf("f30 A1 f10 A1 f20 A1", { fit: "next" });
    heap.malloc(25);
    heap.malloc(8);
    expect(told(heap, () => heap.malloc(3)).slice(1, 3)).toEqual([
      "Next fit walks the list of 3 records from its rover, record 2, to the first hole of at least 3 bytes.",
      "Record 2: the hole of 2 bytes at 39 is 1 byte too small for 3.",
    ]);
    expect(told(heap, () => heap.malloc(5)).slice(1, -1)).toEqual([
      "Next fit walks the list of 3 records from its rover, record 3, to the first hole of at least 5 bytes.",
      "Record 3: the hole of 17 bytes at 45 is large enough for 5.",
      "The choice is the hole of 17 bytes at 45, record 3: the first from there on that is large enough.",
      "The hole of 17 bytes is split: its first 5 bytes become the block at 45, and 12 bytes stay free at 50.",
      "The hole at 50 takes the old one's place in the list, record 3. The list has 3 records now.",
      "The rover stands on the hole at 50, record 3: the next search begins there.",
    ]);
  });

  test("denied: memory is short, or scattered, with both numbers", () => {
    const heap = heapOf("f24 A8 f16 A8");
    expect(told(heap, () => heap.malloc(32)).slice(-3)).toEqual([
      "No hole has 32 bytes or more: the search has failed.",
      "Denied, because free memory is scattered: 32 bytes are needed, 40 bytes are free in all, and the largest hole has 24.",
      "malloc answers null.",
    ]);
    const [denied] = stepsOf(heap, () => heap.malloc(41)).slice(-2);
    expect(denied).toMatchObject({
      kind: "denied",
      reason: "short",
      freeBytes: 40,
      largestHole: 24,
      hole: { address: 0 },
    });
    expect(denied!.text).toMatch(/^Denied, because memory is short: 41 bytes are needed/);
  });

  test("deferred coalescing: the search fails, pairs merge with their sums, the list is searched again", () => {
    const heap = heapOf("f8 f16 A8 f8 f8 f8", { coalesce: "deferred", order: "fifo" });
    expect(told(heap, () => heap.malloc(24)).slice(6, -3)).toEqual([
      "Record 5: the hole of 8 bytes at 48 is 16 bytes too small for 24.",
      "No hole has 24 bytes or more: the search has failed.",
      "Coalescing was deferred until now: 3 pairs of neighbouring holes merge, and then it is tried again.",
      "8 + 16 = 24: the two become one hole of 24 bytes at 0.",
      "Records 1 and 2 leave the list, and the hole at 0 takes the foremost place, record 1. The list has 4 records now.",
      "8 + 8 = 16: the two become one hole of 16 bytes at 32.",
      "Records 2 and 3 leave the list, and the hole at 32 takes the foremost place, record 2. The list has 3 records now.",
      "16 + 8 = 24: the two become one hole of 24 bytes at 32.",
      "Records 2 and 3 leave the list, and the hole at 32 takes the foremost place, record 2. The list has 2 records now.",
      "Now the list is searched again: first fit walks the list of 2 records from its head to the first hole of at least 24 bytes.",
      "Record 1: the hole of 24 bytes at 0 is large enough for 24.",
      "The choice is the hole of 24 bytes at 0, record 1: the first that is large enough.",
    ]);
  });

  test("growth: the hole at the top counts towards it", () => {
    const heap = heapOf("A16 f8", { growable: true });
    expect(told(heap, () => heap.malloc(24)).slice(3, -1)).toEqual([
      "No hole has 24 bytes or more: the search has failed.",
      "The heap grows by 16 bytes, from 24 to 40; the hole at its top, 8 bytes at 16, counts towards what is needed.",
      "8 + 16 = 24: the two become one hole of 24 bytes at 16.",
      "Record 1 leaves the list. The list has 0 records now.",
      "The hole of 24 bytes fits exactly: all of it becomes the block at 16.",
    ]);
  });

  test("a fit of one's own: what is known of it", () => {
    const heap = new FreeList(64, 8, { fit: (holes) => holes.at(-1) });
    expect(told(heap, () => heap.malloc(8)).slice(1, 4)).toEqual([
      "A fit of one's own gets the one record of the list to choose a hole of at least 8 bytes.",
      "It looked at 0 of 1 hole; which, and why, only it knows.",
      "The choice is the hole of 64 bytes at 0, record 1: as the fit of one's own wishes.",
    ]);
    const miser = new FreeList(64, 8, { fit: () => null });
    expect(told(miser, () => miser.malloc(8)).slice(3, 5)).toEqual([
      "The fit of one's own chooses none, although a hole of at least 8 bytes is there.",
      "Denied, because the policy chose none: 8 bytes are needed, 64 bytes are free in all, and the largest hole has 64.",
    ]);
  });

  test("segregated fits: the class of the request, then the next that has a hole", () => {
    const heap = new SegregatedFits(256, 8);
    const blocks = [8, 16, 24, 32, 40].map((request) => heap.malloc(request));
    for (const i of [0, 2, 4]) heap.free(blocks[i]!);
    expect(told(heap, () => heap.malloc(9)).slice(1, 6)).toEqual([
      "Segregated fits begin in the size class of 16 bytes.",
      "The class of the request is that of 9 to 16 bytes: its list has no hole.",
      "The next class that has a hole is that of 17 to 32 bytes: its list has 1 hole, and any of them is large enough.",
      "Record 2: the hole of 24 bytes at 24 is large enough for 16.",
      "The choice is the hole of 24 bytes at 24, record 2: the first that is large enough.",
    ]);
  });

  test("buddies: the power of two, the lists of sizes, the halves", () => {
    const heap = new BuddySystem(128, 8, { base: 1000, header: 4 });
    expect(told(heap, () => heap.malloc(20))).toEqual([
      "20 bytes + 4 of header = 24 bytes, rounded up by 8 to 32, a power of two times 8.",
      "There is no hole of 32 bytes.",
      "There is no hole of 64 bytes.",
      "There is one hole of 128 bytes, at 1,000.",
      "The choice is the hole of 128 bytes at 1,000, record 1: the smallest that is large enough.",
      "Record 1 leaves the list. The list has 0 records now.",
      "128 bytes at 1,000 are cut in halves of 64 bytes: the lower one at 1,000, and its buddy at 1,064, which is free.",
      "The hole at 1,064 joins the list as record 1, among those of its size. The list has 1 record now.",
      "64 bytes at 1,000 are cut in halves of 32 bytes: the lower one at 1,000, and its buddy at 1,032, which is free.",
      "The hole at 1,032 joins the list as record 1, among those of its size. The list has 2 records now.",
      "The hole of 32 bytes fits exactly: all of it becomes the block at 1,000, its payload at 1,004.",
      "malloc answers 1,004.",
    ]);
  });
});

describe("a free", () => {
  test("the lookup, each neighbour's answer, the sum, the place in the list", () => {
    const heap = heapOf("f16 A24 f40 A8", { header: 8, order: "lifo" });
    const steps = stepsOf(heap, () => heap.free(24));
    expect(steps.map(({ text }) => text)).toEqual([
      "The payload at 24 starts behind the header of 8 bytes: its block has 24 bytes at 16.",
      "The block of 24 bytes at 16 becomes a hole.",
      "Before it is a hole, 16 bytes at 0: they merge.",
      "Behind it is a hole, 40 bytes at 40: they merge.",
      "16 + 24 + 40 = 80: the three become one hole of 80 bytes at 0.",
      "Records 1 and 2 leave the list, and the hole at 0 joins it as record 1, at the front. The list has 1 record now.",
      "free answers true.",
    ]);
    expect(steps[2]).toMatchObject({
      kind: "neighbour",
      side: "before",
      answer: "free",
      hole: { address: 0, size: 16 },
    });
    expect(told(heap, () => heap.free(88)).slice(2, 4)).toEqual([
      "Before it is a hole, 80 bytes at 0: they merge.",
      "Behind it is nothing: the heap ends at 88.",
    ]);
  });

  test("refused, and why", () => {
    const heap = heapOf("f16 A24");
    expect(told(heap, () => heap.free(5))[0]).toMatch(/^5 lies in free memory/);
    expect(told(heap, () => heap.free(17))).toEqual([
      "17 lies in a block, but is not the payload address that malloc returned for it.",
      "free answers false.",
    ]);
    expect(told(heap, () => heap.free(40))[0]).toBe("40 is not in the heap, so no block is named.");
  });

  test("buddies: the buddy's address is the hole's XOR its size, also in units that are no power of two", () => {
    const heap = new BuddySystem(64, 16);
    const blocks = [heap.malloc(16), heap.malloc(16), heap.malloc(32)];
    heap.free(blocks[0]!);
    expect(told(heap, () => heap.free(blocks[1]!)).slice(2, 6)).toEqual([
      "16 XOR 16 = 0: the buddy of the 16 bytes at 16 is at 0, and it is a hole of the same size, so they merge.",
      "16 + 16 = 32: the two become one hole of 32 bytes at 0.",
      "Record 1 leaves the list. The list has 0 records now.",
      "0 XOR 32 = 32: the buddy of the 32 bytes at 0 is at 32, and it is allocated, so nothing merges.",
    ]);
    const dozens = new BuddySystem(48, 12);
    const [, second] = [dozens.malloc(12), dozens.malloc(12)];
    expect(told(dozens, () => dozens.free(second!))[2]).toMatch(/^In blocks of 12 bytes, 1 XOR 1 = 0: /);
  });
});

describe("a realloc", () => {
  test("grows where it is, shrinks, moves, is denied", () => {
    const heap = heapOf("A16 f24 A8 f40 A8");
    expect(told(heap, () => heap.realloc(0, 32)).slice(0, -1)).toEqual([
      "0 names the block of 16 bytes there.",
      "32 bytes, without header or rounding.",
      "The block of 16 bytes at 0 is 16 bytes short; behind it is a hole of 24 bytes, enough to grow where it is.",
      "16 + 16 = 32: the block grows where it is, by 16 bytes of the hole at 16, and 8 bytes at 32 stay free.",
      "The hole at 32 takes the old one's place in the list, record 1. The list has 2 records now.",
    ]);
    expect(told(heap, () => heap.realloc(0, 20)).slice(2, -1)).toEqual([
      "The block shrinks where it is: it keeps 20 of its 32 bytes, and 12 bytes become free at 20.",
      "Behind it is a hole, 8 bytes at 32: they merge.",
      "12 + 8 = 20: the two become one hole of 20 bytes at 20.",
      "Record 1 leaves the list, and the hole at 20 joins it as record 1, in the order of addresses. The list has 2 records now.",
    ]);
    const moved = told(heap, () => heap.realloc(40, 30));
    expect(moved[2]).toBe(
      "The block of 8 bytes at 40 is 22 bytes short; behind it is a hole of 40 bytes, enough to grow where it is.",
    );
    const away = stepsOf(heap, () => heap.realloc(0, 41));
    expect(away.map(({ kind }) => kind)).toContain("denied");
    expect(away.at(-1)).toMatchObject({ kind: "answer", of: "realloc", value: null });
  });

  test("is a malloc without a block, a free to no bytes, and nothing where the address names no block", () => {
    const heap = heapOf("A16 f24");
    expect(told(heap, () => heap.realloc(null, 24))).toEqual([
      "Without a block, realloc is malloc.",
      "24 bytes, without header or rounding.",
      "First fit walks the one record of the list from its head to the first hole of at least 24 bytes.",
      "Record 1: the hole of 24 bytes at 16 is large enough for 24.",
      "The choice is the hole of 24 bytes at 16, record 1: the first that is large enough.",
      "The hole of 24 bytes fits exactly: all of it becomes the block at 16.",
      "Record 1 leaves the list. The list has 0 records now.",
      "realloc answers 16.",
    ]);
    expect(told(heap, () => heap.realloc(0, 0))).toEqual([
      "To no bytes at all, realloc is free.",
      "0 names the block of 16 bytes there.",
      "The block of 16 bytes at 0 becomes a hole.",
      "Before it is nothing: the heap starts at 0.",
      "Behind it is an allocated block, 24 bytes at 16: nothing merges there.",
      "The hole at 0 joins the list as record 1, in the order of addresses. The list has 1 record now.",
      "realloc answers null.",
    ]);
    expect(told(heap, () => heap.realloc(20, 8))).toEqual([
      "20 lies in a block, but is not the payload address that malloc returned for it.",
      "realloc answers null.",
    ]);
  });

  test("tells of a move the search, the copy and the free", () => {
    const heap = heapOf("A16 A8 f40", { header: 4 });
    expect(
      told(heap, () => heap.realloc(4, 20)).filter((text) => /must move|copied|becomes a hole/.test(text)),
    ).toEqual([
      "The block of 16 bytes at 0 is 8 bytes short; behind it is an allocated block, so it must move.",
      "12 bytes of payload are copied from 4 to 28.",
      "The block of 16 bytes at 0 becomes a hole.",
    ]);
  });
});

test("the original program: its list of all blocks, merging to the front, sorting", () => {
  const heap = new OriginalHeap(128, 8);
  heap.malloc(10);
  heap.malloc(3);
  heap.free(0);
  expect(told(heap, () => heap.malloc(11)).slice(1, 5)).toEqual([
    "The original program walks the list of 3 records, free and allocated, from its head to the first hole of at least 11 bytes.",
    "Record 1: the hole of 10 bytes at 0 is 1 byte too small for 11.",
    "Record 2: the block of 8 bytes at 10 is allocated and passed over.",
    "Record 3: the hole of 110 bytes at 18 is large enough for 11.",
  ]);
  expect(told(heap, () => heap.free(10)).slice(2, -1)).toEqual([
    "Behind it is an allocated block, 11 bytes at 18: nothing merges there.",
    "Before it is a hole, 10 bytes at 0: they merge.",
    "10 + 8 = 18: the two become one hole of 18 bytes at 0.",
    "Records 2 and 3 leave the list, and the hole at 0 joins it as record 1, at the front. The list has 3 records now.",
    "The original program sorts its list by address: 3 records.",
  ]);
  expect(told(heap, () => heap.malloc(0))).toEqual([
    "The original program answers -1 to a request of nothing, and nothing changes.",
  ]);
});

describe("the options", () => {
  test("hexadecimal writes every size and address so", () => {
    const heap = heapOf("f16 A16 f48 A16", { header: 8, base: 4096 });
    expect(told(heap, () => heap.malloc(24), { notation: "hexadecimal" }).slice(2)).toEqual([
      "Record 1: the hole of 0x10 bytes at 0x1000 is 0x10 bytes too small for 0x20.",
      "Record 2: the hole of 0x30 bytes at 0x1020 is large enough for 0x20.",
      "The choice is the hole of 0x30 bytes at 0x1020, record 2: the first that is large enough.",
      "The hole of 0x30 bytes is split: its first 0x20 bytes become the block at 0x1020, its payload at 0x1028, and 0x10 bytes stay free at 0x1040.",
      "The hole at 0x1040 takes the old one's place in the list, record 2. The list has 2 records now.",
      "malloc answers 0x1028.",
    ]);
  });

  test("a long search is folded to its ends and turning points, and what is left out is counted", () => {
    const sizes = Array.from({ length: 10_000 }, (_, i) =>
      i === 500 ? 90 : i === 7000 ? 60 : i % 2 === 0 ? 100 : 10,
    );
    const heap = heapOf(`${sizes.map((size) => `f${size}`).join(" A1 ")} A1`, { fit: "best" });
    const checker = new StepChecker(stateOf(heap));
    const steps = stepsOf(heap, () => heap.malloc(50), { most: 8 });
    checker.follow(steps);
    expect(checker.examined).toBe(10_000);
    const search = steps.filter(({ kind }) => kind === "record" || kind === "skipped");
    expect(search.map(({ record }) => record)).toEqual([0, 1, 2, 500, 501, 7000, 7001, 9998, 9999]);
    expect(search.map(({ text }) => text).slice(2, 4)).toEqual([
      "498 records are left out here, and none changes the choice.",
      "Record 501: the hole of 90 bytes at 28,000 is large enough for 50, and the best so far.",
    ]);
    const all = stepsOf(heap, () => heap.malloc(55), { most: Number.POSITIVE_INFINITY });
    expect(all.filter(({ kind }) => kind === "record")).toHaveLength(10_000);
  });

  test("of very many turning points the first and the last are told, and of many merges the first", () => {
    const sizes = Array.from({ length: 300 }, (_, i) => i + 1);
    const heap = heapOf(`${sizes.map((size) => `f${size}`).join(" A1 ")} A1`, { fit: "worst" });
    const checker = new StepChecker(stateOf(heap));
    const steps = stepsOf(heap, () => heap.malloc(1));
    checker.follow(steps);
    expect(steps.filter(({ kind }) => kind === "record")).toHaveLength(24);
    expect(steps.find(({ kind }) => kind === "skipped")!.text).toMatch(/were the best so far for a while\.$/);

    for (const order of ["address", "lifo", "size-descending"] as const) {
      const comb = heapOf(`${"f1 ".repeat(400)}A1`, { coalesce: "deferred", order });
      const merging = stepsOf(comb, () => comb.malloc(5));
      expect(merging.filter(({ kind }) => kind === "merge")).toHaveLength(12);
      expect(
        merging.find(({ text }) => text.includes("left out here") && text.includes("merges"))!.text,
      ).toBe("387 merges of the same kind are left out here.");
      expect(merging.at(-2)).toMatchObject({ kind: "list", length: 1, hole: { address: 5, size: 395 } });
    }
  });

  test("what is left out changes nothing of what follows: many merges, in every order", () => {
    const random = numbers(20261125);
    const makers = [
      ...(["address", "lifo", "fifo", "size-ascending", "size-descending"] as const).flatMap((order) =>
        (["first", "next", "best"] as const).map(
          (fit) => () => new FreeList(4096, 1, { coalesce: "deferred", order, fit }),
        ),
      ),
      () => new SegregatedFits(4096, 1, { coalesce: "deferred" }),
      () => new SegregatedFits(4096, 1, { coalesce: "deferred", classes: [2, 40] }),
    ];
    for (const make of makers) {
      const heap = make();
      const live: number[] = [];
      for (let address = heap.malloc(1 + random(30)); address !== null; address = heap.malloc(1 + random(30)))
        live.push(address);
      while (live.length > 12) heap.free(live.splice(random(live.length), 1)[0]!);
      const before = stateOf(heap);
      const events: HeapEvent[] = [];
      heap.listen((event) => events.push(event));
      heap.malloc(60);
      const [few, all] = [4, Number.POSITIVE_INFINITY].map((most) => {
        const steps = decision(events[0]!, before, { most });
        return steps.slice(steps.findIndex((step) => step.kind === "search" && step.again));
      });
      const told = (steps: readonly DecisionStep[]) =>
        steps.filter(({ kind }) => kind !== "record" && kind !== "skipped" && kind !== "rover");
      expect((events[0] as { merges: number }).merges).toBeGreaterThan(30);
      expect(told(few!)).toEqual(told(all!));
    }
  });

  test("of many merges both ends are told, and how many are left out between them", () => {
    const heap = new FreeList(4096, 8, { coalesce: "deferred" });
    const blocks = Array.from({ length: 128 }, () => heap.malloc(32)!);
    for (const [i, address] of blocks.entries()) if (i % 8 < 4) heap.free(address);
    const before = stateOf(heap);
    let event: HeapEvent | null = null;
    heap.listen((heard) => {
      event = heard;
    });
    heap.malloc(100);
    const steps = decision(event, before, { most: 4 }).filter(
      (step) => step.kind === "merge" || (step.kind === "skipped" && step.what === "merges"),
    );
    expect(steps.map(({ text }) => text)).toEqual([
      "32 + 32 = 64: the two become one hole of 64 bytes at 0.",
      "46 merges of the same kind are left out here.",
      "96 + 32 = 128: the two become one hole of 128 bytes at 3,840.",
    ]);
  });

  test("the answer points at the block that was given, or at the hole that was made", () => {
    const heap = new FreeList(256, 16, { header: 8 });
    const history = History.of(heap);
    const a = heap.malloc(20);
    heap.realloc(a, 60);
    heap.malloc(900);
    heap.free(a);
    const last = (step: number) => decisionAt(history, step).at(-1)!;
    expect(last(1)).toMatchObject({ kind: "answer", value: 8, block: { address: 0, size: 32 } });
    expect(last(2)).toMatchObject({ kind: "answer", value: 8, block: { address: 0, size: 80 } });
    expect(last(3)).toMatchObject({ kind: "answer", value: null, block: null, hole: null });
    expect(last(4)).toMatchObject({ kind: "answer", value: true, hole: { address: 0, size: 256 } });
  });

  test("a state in which the operation was not called is refused", () => {
    const heap = new FreeList(64, 8);
    const early = stateOf(heap);
    const events: HeapEvent[] = [];
    heap.listen((event) => events.push(event));
    const [a, b] = [heap.malloc(8), heap.malloc(8)];
    heap.free(a);
    heap.free(b);
    for (const event of events.slice(1)) expect(() => decision(event, early)).toThrow(RangeError);
    expect(() => decision(events[0]!, stateOf(heap))).not.toThrow();
  });

  test("what is no option is refused", () => {
    const heap = new FreeList(64, 8);
    const state = stateOf(heap);
    expect(() => decision(null, state, { notation: "octal" as "decimal" })).toThrow(
      'options.notation must be one of "decimal", "hexadecimal", not "octal".',
    );
    expect(() => decision(null, state, { most: 3 })).toThrow(
      "options.most must be an integer from 4 to 2^53 - 1, not 3; give Infinity for all.",
    );
    expect(() => decision(null, state, { many: 3 } as object)).toThrow(
      'There is no option "many"; the options are notation, most.',
    );
    expect(() => decision(null, state, { most: 4 })).not.toThrow();
  });
});

test("decisionAt has the decision of any step of a run, forwards and backwards, a call of coalesce included", () => {
  const heap = new FreeList(64, 8, { coalesce: "never" });
  const history = History.of(heap);
  const [a, b] = [heap.malloc(8), heap.malloc(8)];
  heap.free(a);
  heap.free(b);
  heap.coalesce();
  expect(decisionAt(history, 5).map(({ text }) => text)).toEqual([
    "coalesce() was called: 2 pairs of neighbouring holes merge.",
    "8 + 8 = 16: the two become one hole of 16 bytes at 0.",
    "Records 1 and 2 leave the list, and the hole at 0 takes the foremost place, record 1. The list has 2 records now.",
    "16 + 48 = 64: the two become one hole of 64 bytes at 0.",
    "Records 1 and 2 leave the list, and the hole at 0 takes the foremost place, record 1. The list has 1 record now.",
  ]);
  expect(decisionAt(history, 1).at(-1)!.text).toBe("malloc answers 0.");
  expect(decisionAt(history, 3, { notation: "hexadecimal" })[0]!.text).toBe(
    "0x0 names the block of 0x8 bytes there.",
  );
  for (const step of [0, 6, 1.5]) expect(() => decisionAt(history, step)).toThrow(RangeError);
});
