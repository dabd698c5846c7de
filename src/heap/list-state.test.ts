import { describe, expect, it } from "vitest";
import { FreeList } from "./free-list";
import type { HeapSnapshot } from "./heap";
import { SegregatedFits } from "./segregated-fits";

/** A state for a heap of 64 units of a byte: one allocated, then a hole. */
const SOUND = { blocks: [1, -63], list: [1], rover: -1 };

function restore(heap: FreeList, state: object): void {
  heap.restore({ version: 1, description: heap.describe(), state } as HeapSnapshot);
  heap.check();
}

describe("restore", () => {
  const wrong: [object, string][] = [
    [{ blocks: null }, "its state.blocks must be a list of numbers, not null"],
    [{ blocks: [-2.5, 61.5] }, "its state.blocks[0] must be a whole number of units, not 0, not -2.5"],
    [{ blocks: [1, 0, -63] }, "its state.blocks[1] must be a whole number of units, not 0, not 0"],
    [{ blocks: [Number.NaN] }, "its state.blocks[0] must be a whole number of units, not 0, not NaN"],
    [{ blocks: [1, "-63"] }, 'its state.blocks[1] must be a whole number of units, not 0, not "-63"'],
    [
      { blocks: [-(2 ** 30) - 1] },
      "its state.blocks[0] must be a whole number of units, not 0, not -1073741825",
    ],
    [{ blocks: [-(2 ** 30)] }, "its state.blocks must have 64 bytes in all, not 1073741824"],
    [{ blocks: [1, -62] }, "its state.blocks must have 64 bytes in all, not 63"],
    [{ blocks: [1, -64] }, "its state.blocks must have 64 bytes in all, not 65"],
    [{ blocks: [-1, -63] }, "its state.blocks[1] must not be a hole behind a hole: they merge at once"],
    [{ list: {} }, "its state.list must be a list of numbers, not [object Object]"],
    [{ list: [1.5] }, "its state.list[0] must be the first unit of a hole, not 1.5"],
    [{ list: [-1] }, "its state.list[0] must be the first unit of a hole, not -1"],
    [{ list: [1 - 2 ** 32] }, "its state.list[0] must be the first unit of a hole, not -4294967295"],
    [{ list: [1 + 2 ** 32] }, "its state.list[0] must be the first unit of a hole, not 4294967297"],
    [{ list: [2 ** 30] }, "its state.list[0] must be the first unit of a hole, not 1073741824"],
    [
      { list: [2 ** 30 - 1] },
      "its state.list[0] must be the first unit of a hole, each once, not 1073741823",
    ],
    [{ list: [64] }, "its state.list[0] must be the first unit of a hole, each once, not 64"],
    [{ list: [0] }, "its state.list[0] must be the first unit of a hole, each once, not 0"],
    [{ list: [1, 1] }, "its state.list[1] must be the first unit of a hole, each once, not 1"],
    [{ list: [] }, "its state.list must have all 1 holes, not 0"],
    [{ rover: 0.5 }, "its state.rover must be the first unit of a hole, or -1, not 0.5"],
    [{ rover: 0 }, "its state.rover must be the first unit of a hole, or -1, not 0"],
  ];
  it.each(wrong)("refuses a state with %j, and the heap is as before", (change, sentence) => {
    const heap = new FreeList(64, 1, { fit: "next" });
    heap.malloc(5);
    const before = [String(heap), [...heap.holes()]];
    const act = () => restore(heap, { ...SOUND, ...change });
    expect(act).toThrow(RangeError);
    expect(act).toThrow(`This is no snapshot of a heap: ${sentence}. Give what`);
    expect([String(heap), [...heap.holes()]]).toEqual(before);
    heap.check();
  });

  it.each([
    [{}, "A1 f63"],
    [{ rover: 1 }, "A1 f63"],
    [{ blocks: [64], list: [] }, "A64"],
    [{ blocks: [-1, 63], list: [0], rover: 0 }, "f1 A63"],
    [{ blocks: [63, -1], list: [63] }, "A63 f1"],
    [{ blocks: [32, -1, 31], list: [32] }, "A32 f1 A31"],
  ])("takes a state with %j", (change, text) => {
    const heap = new FreeList(64, 1, { fit: "next" });
    restore(heap, { ...SOUND, ...change });
    expect(String(heap)).toBe(text);
  });

  it("takes a hole in the last unit, wherever that is", () => {
    for (const units of [31, 32, 33, 34]) {
      const heap = new FreeList(units, 1);
      restore(heap, { blocks: [units - 1, -1], list: [units - 1], rover: -1 });
      expect(String(heap)).toBe(`A${units - 1} f1`);
    }
  });

  it("takes a rover where the fit roves alone", () => {
    const act = () => restore(new FreeList(64, 1), { ...SOUND, rover: 1 });
    expect(act).toThrow("its state.rover must be -1, not 1.");
  });

  it("takes holes side by side where they do not merge at once", () => {
    const heap = new FreeList(64, 1, { coalesce: "never" });
    restore(heap, { blocks: [-1, -63], list: [0, 1], rover: -1 });
    expect(String(heap)).toBe("f1 f63");
  });

  it("of a heap that grows takes as many units as it can have, and no fewer than it had at first", () => {
    const heap = new FreeList(64, 4, { growable: true, base: Number.MAX_SAFE_INTEGER - 131 });
    for (const units of [16, 17, 32]) {
      restore(heap, { blocks: [-units], list: [0], rover: -1 });
      expect(heap.capacity).toBe(4 * units);
    }
    for (const units of [15, 33])
      expect(() => restore(heap, { blocks: [-units], list: [0], rover: -1 })).toThrow(
        `its state.blocks must have at least 64 bytes in all, not ${4 * units}`,
      );
    expect(heap.capacity).toBe(128);
  });

  it("asks the order about bytes, not units", () => {
    const heap = new SegregatedFits(64, 4, { classes: [8, 16] });
    const blocks = [-3, 1, -2, 10];
    restore(heap, { blocks, list: [4, 0], rover: -1 });
    expect(Array.from(heap.holes(), ({ size }) => size)).toEqual([8, 12]);
    expect(() => restore(heap, { blocks, list: [0, 4], rover: -1 })).toThrow(
      "its state.list[1] must stand where the order of the list has it, not at 1",
    );
  });
});
