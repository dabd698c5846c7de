import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { turns } from "../base/testing/turns";
import type { MallocEvent } from "./event";
import { defaultClasses, SegregatedFits, type SegregatedFitsOptions } from "./segregated-fits";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);

/** A heap whose holes have the given sizes, each behind an allocated byte, freed in this order. */
function withHoles(sizes: readonly number[], options: SegregatedFitsOptions = {}): SegregatedFits {
  const heap = new SegregatedFits(
    sizes.reduce((sum, size) => sum + size + 1, 0),
    1,
    options,
  );
  const addresses = sizes.map((size) => {
    heap.malloc(1);
    return heap.malloc(size);
  });
  for (const address of addresses) heap.free(address);
  return heap;
}

const sizesOf = (heap: SegregatedFits) => Array.from(heap.holes(), (hole) => hole.size);

function eventOf(heap: SegregatedFits, size: number): MallocEvent {
  let event: unknown;
  const end = heap.listen((one) => {
    event = one;
  });
  heap.malloc(size);
  end();
  heap.check();
  return event as MallocEvent;
}

describe("holes", () => {
  it("lists class by class, in each the hole that came last in front", () => {
    const heap = withHoles([40, 5, 100, 7, 33], { classes: [8, 64] });
    expect(sizesOf(heap)).toEqual([7, 5, 33, 40, 100]);
  });

  it("has the powers of two for classes unless told otherwise", () => {
    expect(sizesOf(withHoles([9, 8, 16, 17, 1]))).toEqual([1, 8, 16, 9, 17]);
    expect(defaultClasses(2 ** 28)).toEqual([2 ** 28, 2 ** 29, 2 ** 30]);
    expect(defaultClasses(3 * 2 ** 28)).toEqual([3 * 2 ** 28]);
  });

  it("come back from a snapshot in the order of their classes alone", () => {
    const heap = new SegregatedFits(64, 1, { classes: [8, 16] });
    const state = (...list: number[]) => ({
      ...heap.snapshot(),
      state: { blocks: [-20, 1, -8, 1, -16, 1, -9, 8], list, rover: -1 },
    });
    for (const list of [
      [21, 30, 47, 0],
      [21, 47, 30, 0],
    ]) {
      heap.restore(state(...list));
      heap.check();
      expect(Array.from(heap.holes(), ({ address }) => address)).toEqual(list);
    }
    for (const list of [
      [30, 21, 47, 0],
      [21, 30, 0, 47],
    ]) {
      expect(() => heap.restore(state(...list))).toThrow("must stand where the order of the list has it");
    }
  });
});

describe("malloc", () => {
  it("takes the first hole of its class that is large enough", () => {
    const heap = withHoles([40, 60, 50], { classes: [8, 64] });
    expect(eventOf(heap, 55)).toMatchObject({ examined: 2, hole: { size: 60 } });
  });

  it("does not look at smaller classes", () => {
    const heap = withHoles([5, 6, 7, 40], { classes: [8, 64] });
    expect(eventOf(heap, 30)).toMatchObject({ examined: 1, hole: { size: 40 }, remainder: { size: 10 } });
  });

  it("goes on to the next class that has a hole when its own has none large enough", () => {
    const heap = withHoles([5, 5, 300], { classes: [8, 64, 256] });
    expect(eventOf(heap, 6)).toMatchObject({ examined: 3, hole: { size: 300 } });
  });

  it("moves what a split leaves over to its class", () => {
    const heap = withHoles([40, 5], { classes: [8, 64] });
    heap.malloc(36);
    expect(sizesOf(heap)).toEqual([4, 5]);
  });

  it("counts the records of its own class and of all above before it gives up", () => {
    const heap = withHoles([5, 40, 41, 50], { classes: [8, 64] });
    expect(eventOf(heap, 60)).toMatchObject({ address: null, failure: "fragmented", examined: 3 });
    expect(eventOf(heap, 500)).toMatchObject({ address: null, failure: "full", examined: 0 });
  });

  it("merges in address order after deferred coalescing, whatever the order of the lists", () => {
    const heap = new SegregatedFits(64, 4, { classes: [8, 64], coalesce: "deferred" });
    const live = Array.from({ length: 8 }, () => heap.malloc(8)!);
    for (const block of [0, 1, 4, 5]) heap.free(live[block]!);
    expect(heap.coalesce()).toBe(2);
    expect(Array.from(heap.holes(), ({ address }) => address)).toEqual([32, 0]);
  });

  it("works with classes that lie close together or below the alignment", () => {
    const heap = new SegregatedFits(256, 16, { classes: [3, 16, 18, 24, 31, 2 ** 50] });
    const live = [heap.malloc(1), heap.malloc(40), heap.malloc(16)];
    heap.check();
    for (const address of live) expect(heap.free(address)).toBe(true);
    expect(String(heap)).toBe("f256");
  });
});

describe("new SegregatedFits", () => {
  it.each([
    [[8, 4], "ascend"],
    [[8, 8], "ascend"],
    [[0], "integer"],
    [[1.5], "integer"],
    [[Number.NaN], "integer"],
    [[], "at least one size"],
  ])("refuses classes %j", (classes, why) => {
    expect(() => new SegregatedFits(64, 4, { classes })).toThrow(RangeError);
    expect(() => new SegregatedFits(64, 4, { classes })).toThrow(why);
  });

  it.each([
    ["8", 'options.classes must be an array of sizes, not "8".'],
    [["8"], 'options.classes[0] must be a number, not "8"; give the largest size of the class in bytes.'],
    [[8, 32, 16], "options.classes must ascend, and 16 follows 32; sort them."],
  ])("says what is wrong with classes %j", (classes, sentence) => {
    expect(() => new SegregatedFits(64, 4, { classes: classes as number[] })).toThrow(sentence);
  });

  it("refuses what is no list of classes, no object of options, or an option that it has not", () => {
    const make = (options: unknown) => () => new SegregatedFits(64, 4, options as SegregatedFitsOptions);
    expect(make({ classes: "8" })).toThrow(TypeError);
    expect(make({ classes: ["8"] })).toThrow(TypeError);
    expect(make(null)).toThrow(TypeError);
    expect(make({ fit: "best" })).toThrow('There is no option "fit"');
    expect(make({ order: "address" })).toThrow('There is no option "order"');
  });

  it("keeps the classes that it was made with", () => {
    const classes = [8, 64];
    const heap = new SegregatedFits(256, 4, { classes });
    classes.push(1);
    expect(heap.describe().options).toEqual({ classes: [8, 64] });
    expect(new SegregatedFits(256, 4).describe().options).toEqual({});
  });
});

describe(`against one array a class (seed ${SEED})`, () => {
  it.each([[[8, 64, 256]], [[1, 2, 4, 8, 16, 32, 64, 128, 256, 512]], [[2048]]])(
    "classes %j: same answers, records examined and holes",
    (classes) => {
      const random = numbers(SEED);
      const heap = new SegregatedFits(2048, 1, { classes });
      const lists: { address: number; size: number }[][] = Array.from(
        { length: classes.length + 1 },
        () => [],
      );
      const classOf = (size: number) =>
        [...classes, Number.POSITIVE_INFINITY].findIndex((bound) => size <= bound);
      const put = (hole: { address: number; size: number }) => lists[classOf(hole.size)]!.unshift(hole);
      put({ address: 0, size: 2048 });
      const live = new Map<number, number>();
      let last: MallocEvent | null = null;
      heap.listen((event) => {
        if (event.kind === "malloc") last = event;
      });
      for (let i = 0; i < turns(2000); i++) {
        if (random(100) < 52) {
          const size = 1 + random(random(6) === 0 ? 600 : 30);
          const walk = lists.slice(classOf(size)).flat();
          const at = walk.findIndex((hole) => hole.size >= size);
          const hole = walk[at] ?? null;
          expect(heap.malloc(size)).toBe(hole?.address ?? null);
          expect(last!.examined).toBe(at < 0 ? walk.length : at + 1);
          if (hole === null) continue;
          live.set(hole.address, size);
          const list = lists[classOf(hole.size)]!;
          list.splice(list.indexOf(hole), 1);
          if (hole.size > size) put({ address: hole.address + size, size: hole.size - size });
        } else if (live.size > 0) {
          const address = [...live.keys()][random(live.size)]!;
          const freed = { address, size: live.get(address)! };
          live.delete(address);
          for (const list of lists) {
            for (const other of [...list]) {
              const left = other.address + other.size === freed.address;
              if (!left && other.address !== freed.address + freed.size) continue;
              list.splice(list.indexOf(other), 1);
              freed.size += other.size;
              if (left) freed.address = other.address;
            }
          }
          put(freed);
          expect(heap.free(address)).toBe(true);
        }
        heap.check();
        const holes = Array.from(heap.holes(), ({ address, size }) => ({ address, size }));
        expect(holes).toEqual(lists.flat());
      }
    },
  );
});
