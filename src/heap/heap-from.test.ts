import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { turns } from "../base/testing/turns";
import { BuddySystem } from "./buddy-system";
import { FreeList } from "./free-list";
import { heapFrom, writeHeap } from "./heap-from";
import { COALESCINGS, type CoalesceName, ORDERS, type OrderName } from "./orders";
import { heapOf } from "./testing/heap-of";
import { TextbookHeap } from "./textbook-heap";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
const listOf = (heap: FreeList) => Array.from(heap.holes(), ({ address }) => address);

describe("heapFrom", () => {
  it("makes the heap of an exercise, to go on with", () => {
    const heap = heapFrom("f100 A1 f500 A1 f200 A1 f300 A1 f600");
    heap.check();
    expect(heap).toBeInstanceOf(FreeList);
    expect([heap.malloc(212), heap.malloc(417), heap.malloc(112), heap.malloc(426)]).toEqual([
      101,
      1104,
      313,
      null,
    ]);
  });

  it("takes what a heap prints", () => {
    const heap = new FreeList(64, 4);
    heap.malloc(10);
    heap.free(heap.malloc(3));
    expect(String(heapFrom(String(heap), { pageSize: 4 }))).toBe("A12 f52");
  });

  it("takes policies, page size, header and base", () => {
    const heap = heapFrom("f32 A16 f64", { fit: "best", pageSize: 16, header: 8, base: 4096 });
    expect(heap.malloc(20)).toBe(4104);
    expect(heap.free(4136)).toBe(true);
    expect(heap.describe()).toEqual({
      kind: "free-list",
      heapSize: 112,
      pageSize: 16,
      options: { fit: "best", header: 8, base: 4096 },
    });
  });

  it("may be empty when it can grow, and end in what is no multiple of the alignment", () => {
    expect(heapFrom("", { growable: true }).malloc(5)).toBe(0);
    expect(heapFrom("A16 f4", { pageSize: 4, align: 16 }).malloc(4)).toBeNull();
  });

  it.each(Object.keys(ORDERS) as OrderName[])(
    "without a list has that of holes which were freed from the lowest address up: %s",
    (order) => {
      const text = "f8 A1 f24 A1 f16 A1 f8";
      expect(listOf(heapFrom(text, { order }))).toEqual(listOf(heapOf(text, { order })));
    },
  );

  it("takes a hole that is smaller than a header, and a block that is no more than one", () => {
    expect(String(heapFrom("f4 A8 f3", { header: 8 }))).toBe("f4 A8 f3");
  });

  it("takes the list behind a bar, and where next fit goes on", () => {
    expect(listOf(heapFrom("f8 A1 f24 A1 f16 | 34 0 9", { order: "lifo" }))).toEqual([34, 0, 9]);
    const heap = heapFrom("f8 A1 f24 A1 f16 | 0 >9 34", { fit: "next" });
    expect([heap.malloc(5), heap.malloc(20), heap.malloc(5)]).toEqual([9, null, 14]);
  });

  it("takes the ends and remainders of holes as options, too", () => {
    expect(String(heapFrom("A16 A20", { align: 16, leastRemainder: 8 }))).toBe("A16 A20");
    const heap = heapFrom("f20 A16", { align: 16, place: "high" });
    expect([heap.malloc(10), String(heap)]).toEqual([4, "f4 A16 A16"]);
  });

  it("makes a TextbookHeap if that is asked for", () => {
    const heap = heapFrom("f8 A1 f24", {}, TextbookHeap);
    expect(heap).toBeInstanceOf(TextbookHeap);
    expect(heap.malloc(10)).toBe(9);
  });

  it.each([
    ["A8 g4", {}, SyntaxError, 'not "g4" at character 4.'],
    ["A8\nA", {}, SyntaxError, 'not "A" at character 4.'],
    ["A99999999999999999999", {}, SyntaxError, "must end below 2^53"],
    ["", {}, RangeError, "heapSize must be an integer from 1"],
    ["A8 f8 f4", {}, RangeError, "the block f4 at character 7: it follows a hole"],
    [
      "A8 f8 A6 f2",
      { align: 8 },
      RangeError,
      "the block A6 at character 7: its size must be a multiple of the alignment 8",
    ],
    [
      "A8 f8 A4",
      { header: 8 },
      RangeError,
      "the block A4 at character 7: it has fewer bytes than its header of 8",
    ],
    ["A8 f8", { pageSize: 32 }, RangeError, "16 is no multiple of 32"],
    ["A8 f8", { fit: "fast" }, RangeError, "options.fit must be one of"],
    ["A8 f8", { size: 4 }, RangeError, 'There is no option "size"'],
    ["A16 A20", { align: 16 }, RangeError, "its size must be a multiple of the alignment 16."],
    ["f6 A24 f10", { align: 12, pageSize: 4 }, RangeError, "its size must be a multiple of 4."],
    ["A8", { base: 4n }, TypeError, "options.base must be a number, not 4"],
    ["A8", { size: 4 }, RangeError, "the options are pageSize, fit, order"],
    [
      "A8 f8 | 8x",
      {},
      SyntaxError,
      'A free list has addresses such as 100 or >100, not "8x" at character 9.',
    ],
    ["A8 f8 | x8", {}, SyntaxError, 'not "x8" at character 9.'],
    ["| 8", { growable: true }, RangeError, 'and "8" at character 3 is none, or stands there twice.'],
    ["A8 f8 |", {}, RangeError, "the one at 8 is missing"],
    ["A8 f8 | 8 8", {}, RangeError, '"8" at character 11'],
    ["A8 f8 | 0", {}, RangeError, '"0" at character 9'],
    ["A8 f8 | x", {}, SyntaxError, 'not "x" at character 9'],
    [
      "f8 A8 f8 | 16 0",
      {},
      RangeError,
      'A list in the order "address" has not "0" at character 15 behind 16',
    ],
    ["A8 f8 | >8", {}, RangeError, "its state.rover must be -1"],
  ])("refuses %j %o", (text, options, error, message) => {
    expect(() => heapFrom(text, options as never)).toThrow(error);
    expect(() => heapFrom(text, options as never)).toThrow(message);
  });

  it.each([null, undefined, 7, ["A8"]])("refuses %s, which is no text", (text) => {
    expect(() => heapFrom(text as never)).toThrow(TypeError);
    expect(() => heapFrom(text as never)).toThrow('A heap is written as a text such as "f100 A1 f500", not ');
  });
});

describe(`writeHeap (seed ${SEED})`, () => {
  it("writes the blocks, and the list with the place where next fit goes on", () => {
    const heap = heapFrom("f8 A1 f24 A1 f16", { fit: "next", base: 100 });
    heap.malloc(10);
    expect(writeHeap(heap)).toBe("f8 A1 A10 f14 A1 f16 | 100 >119 134");
    expect(writeHeap(heapFrom("A4"))).toBe("A4 |");
    const empty = writeHeap(heapFrom("", { growable: true }));
    expect(empty).toBe(" |");
    expect(heapFrom(empty, { growable: true }).capacity).toBe(0);
  });

  it("refuses a heap that is no such text", () => {
    expect(() => writeHeap(new BuddySystem(64, 4))).toThrow(
      'Only a FreeList or a TextbookHeap can be written as a text, not a heap of kind "buddy".',
    );
  });

  it.each(
    (["first", "next"] as const).flatMap((fit) =>
      (Object.keys(ORDERS) as OrderName[]).flatMap((order) =>
        (Object.keys(COALESCINGS) as CoalesceName[]).map((coalesce) => ({ fit, order, coalesce })),
      ),
    ),
  )("writes what makes the same heap again: %o", (policies) => {
    const random = numbers(SEED);
    const options = { ...policies, pageSize: 4, align: 12, header: 4, base: 100 };
    const { pageSize, ...rest } = options;
    const heap = new FreeList(600, pageSize, rest);
    const live: number[] = [];
    for (let i = 0; i < turns(300); i++) {
      const address = random(2) ? heap.malloc(random(60)) : null;
      if (address !== null) live.push(address);
      else if (live.length > 0) heap.free(live.splice(random(live.length), 1)[0]!);
      expect(heapFrom(writeHeap(heap), options).snapshot()).toEqual(heap.snapshot());
    }
  });
});
