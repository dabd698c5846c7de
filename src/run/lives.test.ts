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
    expect(() => lives(history, -1)).toThrow("At most so many lives must be 0 or more, not -1.");
  });

  test("lists them in the order in which they began, and of equally large ones the first", () => {
    const heap = new FreeList(256, 8);
    const history = History.of(heap);
    for (const size of [8, 16, 24, 8, 32, 64]) heap.malloc(size);
    heap.free(-1);
    // Bytes × steps: 8·7, 16·6, 24·5, 8·4, 32·3, 64·2.
    const ids = (most: number) => lives(history, most).lives.map((life) => life.id);
    expect([1, 2, 3, 4, 5].map(ids)).toEqual([[6], [3, 6], [2, 3, 6], [2, 3, 5, 6], [1, 2, 3, 5, 6]]);
    expect(ids(6)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(lives(history, 0)).toMatchObject({ lives: [], total: 6, omitted: 6, omittedShare: 1 });
  });

  test("has as many as there are", () => {
    const heap = new FreeList(8000, 8);
    const history = History.of(heap);
    for (let i = 0; i < 1000; i++) heap.malloc(8);
    const { lives: listed, total } = lives(history);
    expect([listed.length, total]).toEqual([1000, 1000]);
    listed.forEach((life, i) => {
      expect(life).toEqual({ id: i + 1, address: 8 * i, size: 8, from: i + 1, to: null });
    });
  });

  test("omits nothing of a run without blocks", () => {
    const nothing = { lives: [], total: 0, omitted: 0, omittedShare: 0 };
    expect(lives(History.of(new FreeList(64, 8)), 0)).toEqual(nothing);
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

  test.each(policies)(
    "have the colours in turn, a resized block its own again, and another where a neighbour has it, with $name",
    ({ make, reallocs }) => {
      for (let seed = 0; seed < 6; seed++) {
        const heap = make();
        randomRun(heap, seed < 2 ? 0 : 20, seed, { reallocs });
        const history = History.of(heap);
        randomRun(heap, 80, seed + 10, { reallocs });
        expectColours(new Lives(history).read(history.length));
      }
    },
  );

  function expectColours(all: Lives): void {
    let next = 0;
    for (let life = 0; life < all.count; life++) {
      const [address, born] = [all.address[life]!, all.born[life]!];
      const before = Array.from({ length: life }, (_, other) => other);
      const resized = before.find((other) => all.died[other] === born && all.id[other] === all.id[life]);
      const neighbours = before.filter((other) => {
        const [start, end] = [all.address[other]!, all.address[other]! + all.size[other]!];
        return all.died[other]! > born && (end === address || start === address + all.size[life]!);
      });
      const taken = neighbours.map((other) => all.colour[other]);
      let colour = resized === undefined ? next++ % COLOURS : all.colour[resized]!;
      while (taken.includes(colour)) colour = (colour + 1) % COLOURS;
      expect(all.colour[life], `life ${life}`).toBe(colour);
    }
  }

  test("of a stretch have for each block the same colour as in any other, unless it touches one of that colour", () => {
    const heap = new FreeList(8192, 8);
    const blocks = Array.from({ length: 40 }, () => {
      heap.malloc(8);
      return heap.malloc(16)!;
    });
    const history = History.of(heap).cut({ whole: 0, stretch: 100 });
    const wait = () => {
      while (history.length % 100 > 0) heap.free(-1);
    };
    const colours = (step: number) => {
      const stretch = history.survey(step);
      const part = new Lives(history, stretch).read(stretch.known);
      const there = Array.from({ length: part.count }, (_, life) => life).filter(
        (life) => part.born[life] === stretch.from,
      );
      return new Map(there.map((life) => [part.address[life]!, part.colour[life]!]));
    };
    heap.free(-1);
    wait();
    for (const block of blocks) heap.free(block - 8);
    wait();
    for (let i = 0; i < blocks.length; i += 2) heap.free(blocks[i]!);
    wait();
    heap.free(-1);
    const [all, apart, half] = [colours(1), colours(201), colours(301)] as const;
    expect([all.size, apart.size, half.size]).toEqual([80, 40, 20]);
    // They all touch.
    const inOrder = [...all].sort(([a], [b]) => a - b).map(([, colour]) => colour);
    for (let i = 1; i < inOrder.length; i++) expect(inOrder[i]).not.toBe(inOrder[i - 1]);
    // No two of them touch.
    for (const [address, colour] of half) expect(apart.get(address)).toBe(colour);
    for (const some of [all, apart]) expect(new Set(some.values())).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  test("know what was asked for, and how many there were by any step of their stretch", () => {
    const heap = new FreeList(64, 8, { header: 4 });
    heap.malloc(10);
    const history = History.of(heap).cut({ whole: 0, stretch: 2 });
    const a = heap.malloc(3);
    heap.realloc(a, 5);
    heap.free(a);
    heap.malloc(1);
    const whole = new Lives(History.decode(history.encode())).read(4);
    expect([0, 1, 2, 3].map((life) => whole.request(life))).toEqual([12, 3, 5, 1]);
    expect([0, 1, 2, 3, 4].map((step) => [whole.bornUpTo(step), whole.diedUpTo(step)])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
      [3, 2],
      [4, 2],
    ]);
    const part = new Lives(history, history.survey(4)).read(4);
    expect([0, 1, 2].map((life) => part.request(life))).toEqual([12, 5, 1]);
    expect([2, 3, 4].map((step) => [part.bornUpTo(step), part.diedUpTo(step)])).toEqual([
      [2, 0],
      [2, 1],
      [3, 1],
    ]);
  });

  test("end once, though their block is freed again", () => {
    const heap = new FreeList(64, 8);
    const [before, other] = [heap.malloc(8), heap.malloc(8)];
    const history = History.of(heap);
    heap.free(before);
    heap.free(before);
    heap.realloc(before, 0);
    heap.realloc(other, 100);
    const all = new Lives(history).read(4);
    expect(all.ends).toEqual([0]);
    expect([...all.died.slice(0, 2)]).toEqual([1, NEVER]);
    expect(all.count).toBe(2);
  });

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
