import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { BuddySystem } from "./buddy-system";
import { createHeap, HEAP_KINDS, traitsOf } from "./create-heap";
import { FreeList } from "./free-list";
import type { HeapDescription, HeapSnapshot } from "./heap";
import { OriginalHeap } from "./original-heap";
import { SegregatedFits } from "./segregated-fits";
import { takeState } from "./snapshot";
import { SMALL_HEAPS } from "./testing/small-heaps";
import { TextbookHeap } from "./textbook-heap";

describe("restore refuses, and says what is wrong", () => {
  const CASES: { why: string; snapshot: HeapSnapshot }[] = JSON.parse(
    readFileSync(join(__dirname, "fixtures/snapshots-damaged.json"), "utf8"),
  );
  const SENTENCES: Record<string, string> = {
    "state is null": "its state must be Object, not null",
    "blocks is no list": "its state.blocks must be a list of numbers, not [object Object]",
    "fewer units than the heap has": "its state.blocks must have 256 bytes in all, not 160",
    "a block of 6 units in a buddy system":
      "its state[0] must be a power of two units, at a multiple of its size, not 58 units at 0",
    "a buddy heap of another size": "its state must have 64 units in all, not 16",
    "a size that is a text": 'its state[0].size must be a number of bytes above 0, not "x"',
    "no blocks at all": "its state must have 256 bytes in all, not 0",
  };

  it.each(CASES)("$why", ({ why, snapshot }) => {
    const heap = createHeap(snapshot.description);
    heap.malloc(20);
    const before = String(heap);
    expect(() => heap.restore(snapshot)).toThrow(
      `This is no snapshot of a heap: ${SENTENCES[why]}. Give what snapshot() of a heap like this one returned.`,
    );
    expect(String(heap)).toBe(before);
    heap.check();
  });

  it.each([
    [{ version: 2 }, "its version must be 1, not 2: it was written by a later freelist-lab"],
    [{ version: undefined }, "its version must be 1, not undefined"],
    [{ description: null }, "its description must be Object, not null"],
    [{ state: { blocks: [-64], list: [0], rover: 0 } }, "its state.rover must be -1, not 0"],
    [
      { state: { blocks: [-32, -32], list: [0, 32], rover: -1 } },
      "its state.blocks[1] must not be a hole behind a hole",
    ],
    [
      { state: { blocks: [-8, 48, -8], list: [56, 0], rover: -1 } },
      "its state.list[1] must stand where the order",
    ],
    [
      { state: { blocks: [-8, 48, -8], list: [0], rover: -1 } },
      "its state.list must have all 2 holes, not 1",
    ],
    [
      { state: { blocks: [-64], list: [1], rover: -1 } },
      "its state.list[0] must be the first unit of a hole",
    ],
  ])("%j", (change, sentence) => {
    const heap = new FreeList(256, 4);
    expect(() => heap.restore({ ...heap.snapshot(), ...change } as HeapSnapshot)).toThrow(sentence);
  });
});

describe("a snapshot is of a heap that is described alike", () => {
  const fits = (given: object, wanted: object) => {
    const heap = new SegregatedFits(64, 4, wanted);
    heap.restore(new SegregatedFits(64, 4, given).snapshot());
  };

  it.each([
    [{}, {}],
    [{ classes: [8, 16] }, { classes: [8, 16] }],
    [
      { header: 4, base: 8, classes: [8] },
      { classes: [8], base: 8, header: 4 },
    ],
  ])("%j fits %j", (given, wanted) => {
    expect(() => fits(given, wanted)).not.toThrow();
  });

  it.each([
    [{ classes: [8, 16] }, { classes: [8, 32] }],
    [{ classes: [8] }, { classes: [8, 32] }],
    [{ classes: [8, 32] }, { classes: [8] }],
    [{ header: 4 }, { header: 8 }],
    [{ header: 4 }, {}],
    [{}, { header: 4 }],
    [{ header: 4 }, { base: 4 }],
  ])("%j does not fit %j", (given, wanted) => {
    const described = (options: object) => JSON.stringify(new SegregatedFits(64, 4, options).describe());
    expect(() => fits(given, wanted)).toThrow(RangeError);
    expect(() => fits(given, wanted)).toThrow(
      `A snapshot of the heap ${described(given)} does not fit the heap ${described(wanted)}; make one like it.`,
    );
  });

  it("an option of another type is another option", () => {
    const heap = new SegregatedFits(64, 4, { header: 8, classes: [8] });
    const { version, description, state } = heap.snapshot();
    for (const change of [
      { header: "8" },
      { header: [] },
      { header: [8] },
      { classes: 8 },
      { classes: "8" },
    ]) {
      const options = { ...description.options, ...change };
      const snapshot = { version, description: { ...description, options }, state };
      expect(() => heap.restore(snapshot)).toThrow("does not fit the heap");
    }
  });

  it("its state is refused in a sentence, and another error stays what it is", () => {
    const snapshot = new FreeList(64, 4).snapshot();
    const take = (error: Error) => () =>
      takeState(snapshot, v.unknown(), () => {
        throw error;
      });
    expect(take(new RangeError("its state must be another"))).toThrow(
      "This is no snapshot of a heap: its state must be another. Give what snapshot() of a heap like this one returned.",
    );
    const other = new Error("its state must be another");
    expect(take(other)).toThrow(expect.objectContaining({ message: other.message }));
  });
});

describe("the kinds of heaps", () => {
  it("have titles, and the options that their heaps take", () => {
    expect(Object.entries(HEAP_KINDS).map(([kind, { title }]) => [kind, title])).toEqual([
      ["free-list", "free list"],
      ["segregated-fits", "segregated fits"],
      ["buddy", "buddy system"],
      ["fixed-partitions", "fixed partitions"],
      ["original", "original program"],
    ]);
    for (const { options, make } of Object.values(HEAP_KINDS)) {
      const own = options.filter((name) => name !== "partitions");
      const partitions = own.length < options.length ? { partitions: [64] } : {};
      expect(() => make(64, 4, { ...partitions, no: 1 })).toThrow(
        `There is no option "no"; the options are ${own.join(", ")}.`,
      );
    }
  });

  it("have traits where they differ in their pictures", () => {
    expect(traitsOf({ ...new OriginalHeap(64, 4).describe() })).toMatchObject({
      listsAllBlocks: true,
      wholePages: true,
    });
    const { listsAllBlocks, wholePages } = traitsOf(new FreeList(64, 4).describe());
    expect([listsAllBlocks, wholePages]).toEqual([undefined, undefined]);
    for (const kind of ["none", "toString"])
      expect(traitsOf({ kind, heapSize: 64, pageSize: 4, options: {} })).toEqual({});
  });
});

describe("createHeap refuses what is no description", () => {
  const sound = { kind: "free-list", heapSize: 64, pageSize: 4, options: {} };
  it.each([
    [null, "createHeap takes what describe() of a heap returned, not null."],
    [undefined, "not undefined."],
    [[], "not []."],
    ["free-list", 'not "free-list".'],
    [
      {},
      'There is no heap of kind undefined; the kinds are "free-list", "segregated-fits", "buddy", "fixed-partitions", "original".',
    ],
    [{ ...sound, kind: "toString" }, 'There is no heap of kind "toString"'],
    [{ ...sound, kind: ["buddy"] }, "There is no heap of kind [buddy]"],
    [{ ...sound, options: undefined }, "A description's options must be an object, not undefined"],
    [{ ...sound, options: null }, "options must be an object, not null"],
    [{ ...sound, options: [] }, "options must be an object, not []"],
    [{ ...sound, options: 7 }, "options must be an object, not 7"],
    [{ ...sound, heapSize: "64" }, 'heapSize must be a number, not "64"'],
    [{ ...sound, heapSize: undefined }, "heapSize must be a number, not undefined"],
    [{ ...sound, options: { order: "as-published" } }, 'it is a heap of its own now, of kind "original".'],
    [{ ...sound, kind: "original", options: { fit: "best" } }, 'There is no option "fit"'],
  ])("%j", (description, sentence) => {
    expect(() => createHeap(description as HeapDescription)).toThrow(sentence);
  });
});

describe("options are read once, as the object's own", () => {
  /** An option whose getter answers otherwise the second time. */
  const fickle = (name: string, ...answers: unknown[]) =>
    Object.defineProperty({}, name, { enumerable: true, get: () => answers.shift() }) as object;

  it("of a getter the first answer counts, for the heap and for its description", () => {
    const heap = new FreeList(64, 4, fickle("header", 4, 8, 12));
    expect([heap.header, heap.describe().options.header, heap.malloc(4)]).toEqual([4, 4, 4]);
    const fits = new SegregatedFits(64, 4, fickle("classes", [8, 16], [4]));
    expect(fits.describe().options.classes).toEqual([8, 16]);
    expect(new BuddySystem(64, 4, fickle("align", 8, 16)).describe().options.align).toBe(8);
  });

  it("what stands behind a prototype does not count", () => {
    const heap = new FreeList(64, 4, Object.create({ header: 8, fit: "best" }));
    expect([heap.header, heap.describe().options]).toEqual([0, {}]);
  });

  it.each([[[]], [() => 0], ["best"], [7]])("%s is no object of options", (options) => {
    for (const Kind of [FreeList, TextbookHeap, SegregatedFits, BuddySystem]) {
      expect(() => new Kind(64, 4, options as object)).toThrow("Options must be an object");
    }
  });

  it("what describe() returns cannot be changed, nor through what was given", () => {
    const classes = [8, 16];
    for (const heap of [
      new SegregatedFits(64, 4, { classes }),
      ...Object.values(SMALL_HEAPS).map((make) => make()),
    ]) {
      const description = heap.describe();
      expect([description, description.options].every(Object.isFrozen)).toBe(true);
      expect(Object.values(description.options).every(Object.isFrozen)).toBe(true);
    }
    expect(Object.isFrozen(classes)).toBe(false);
  });
});

describe("an address is an integer, or nothing is freed", () => {
  it.each(Object.entries(SMALL_HEAPS))("%s", (_, make) => {
    const heap = make();
    const address = heap.malloc(8)!;
    const before = String(heap);
    for (const near of [5e-324, address + 1e-9, address + 0.5, address - 1e-7, Number.MIN_VALUE, -5e-324]) {
      if (near === address) continue;
      expect(heap.free(near)).toBe(false);
      expect(heap.realloc(near, 4)).toBeNull();
      expect(heap.realloc(near, 0)).toBeNull();
    }
    expect(String(heap)).toBe(before);
  });
});
