import { describe, expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { FreeList } from "../heap/free-list";
import { History } from "./history";
import { COLOURS, Lives, lives, NEVER } from "./lives";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

describe("lives", () => {
  test("has a rectangle for every block: where, how large, from when to when", () => {
    const heap = new FreeList(64, 8, { header: 4 });
    const before = heap.malloc(4);
    const history = History.of(heap);
    const a = heap.malloc(10);
    heap.malloc(2);
    heap.free(a);
    heap.free(before);
    heap.malloc(100);
    expect(lives(history)).toEqual({
      lives: [
        { id: -1, address: 0, size: 8, from: 0, to: 4 },
        { id: 1, address: 8, size: 16, from: 1, to: 3 },
        { id: 2, address: 24, size: 8, from: 2, to: null },
      ],
      total: 3,
      omitted: 0,
      omittedShare: 0,
    });
  });

  test("gives a block that a realloc moved or resized several lives under one id", () => {
    const heap = new FreeList(64, 8);
    const history = History.of(heap);
    const a = heap.malloc(8);
    heap.malloc(8);
    const moved = heap.realloc(a, 16);
    heap.realloc(moved, 24);
    heap.realloc(moved, 0);
    expect(lives(history).lives).toEqual([
      { id: 1, address: 0, size: 8, from: 1, to: 3 },
      { id: 2, address: 8, size: 8, from: 2, to: null },
      { id: 1, address: 16, size: 16, from: 3, to: 4 },
      { id: 1, address: 16, size: 24, from: 4, to: 5 },
    ]);
  });

  test("lists the largest rectangles when there are too many, and counts the others", () => {
    const heap = new FreeList(128, 8);
    const history = History.of(heap);
    for (const size of [8, 32, 16, 24]) heap.malloc(size);
    const some = lives(history, 2);
    // Bytes × steps: 8·4, 32·3, 16·2, 24·1.
    expect(some.lives.map((life) => life.id)).toEqual([1, 2]);
    expect(some).toMatchObject({ total: 4, omitted: 2, omittedShare: (32 + 24) / (32 + 96 + 32 + 24) });
    expect(() => lives(history, -1)).toThrow(RangeError);
  });

  test.each(policies)("are the blocks of every step in a run with $name", ({ make, reallocs }) => {
    const heap = make();
    const history = History.of(heap);
    randomRun(heap, turns(200), 11, { reallocs });
    const all = lives(history).lives;
    const cursor = history.cursor();
    do {
      const there = all.filter(({ from, to }) => from <= cursor.step && (to === null || cursor.step < to));
      const blocks = [...cursor.blocks()].flatMap((block) => ("id" in block ? [block] : []));
      expect(there.map(({ id, address, size }) => ({ id, address, size })).sort(byAddress)).toEqual(
        blocks.map(({ id, address, size }) => ({ id, address, size })),
      );
    } while (cursor.next());
  });
});

describe("Lives", () => {
  test.each(policies)(
    "can be read a few steps at a time while it is recorded, with $name",
    ({ make, reallocs }) => {
      const heap = make();
      randomRun(heap, 20, 12, { reallocs });
      const history = History.of(heap);
      const some = new Lives(history);
      for (let seed = 0; seed < 10; seed++) {
        randomRun(heap, 20, seed, { reallocs });
        expect(some.read(history.length - seed).steps).toBe(history.length - seed);
      }
      const all = new Lives(history).read(history.length);
      some.read(history.length);
      for (const column of ["id", "address", "size", "born", "died", "colour"] as const) {
        expect(some[column].slice(0, some.count)).toEqual(all[column].slice(0, all.count));
      }
      for (let life = 0; life < all.count; life++) expect(some.request(life)).toBe(all.request(life));
      expect(some.ends).toEqual(all.ends);
      for (let step = 0; step <= history.length; step++) {
        expect(all.bornUpTo(step)).toBe(
          [...all.born.slice(0, all.count)].filter((born) => born <= step).length,
        );
        expect(all.diedUpTo(step)).toBe(all.ends.filter((life) => all.died[life]! <= step).length);
      }
    },
  );

  test.each(policies)(
    "have never the colour of a block that they touch, with $name",
    ({ make, reallocs }) => {
      const heap = make();
      const history = History.of(heap);
      randomRun(heap, turns(200), 13, { reallocs });
      const all = new Lives(history).read(history.length);
      for (let step = 0; step <= history.length; step++) {
        const there = Array.from({ length: all.bornUpTo(step) }, (_, life) => life).filter(
          (life) => all.died[life]! > step,
        );
        const starts = new Map(there.map((life) => [all.address[life]!, life]));
        for (const life of there) {
          const next = starts.get(all.address[life]! + all.size[life]!);
          if (next !== undefined) expect(all.colour[next]).not.toBe(all.colour[life]);
          expect(all.colour[life]).toBeLessThan(COLOURS);
        }
      }
    },
  );

  test("of a block resized in place keep the step of its malloc; one that is live at the end never dies", () => {
    const heap = new FreeList(1024, 16);
    const history = History.of(heap);
    const address = heap.malloc(32);
    heap.malloc(0);
    heap.realloc(address, 16);
    const all = new Lives(history).read(3);
    expect([0, 1, 2].map((life) => all.made(life))).toEqual([1, 2, 1]);
    expect([...all.born.slice(0, 3)]).toEqual([1, 2, 3]);
    expect([...all.died.slice(0, 3)]).toEqual([3, NEVER, NEVER]);
  });
});

function byAddress(a: { address: number }, b: { address: number }): number {
  return a.address - b.address;
}
