import { describe, expect, it } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { turns } from "../../base/testing/turns";
import { Arena } from "../arena";
import { ORDERS, type OrderName } from "../orders";
import { type HoleList, NO_HOLE, type SizedHoleList } from "./hole-list";
import { HoleTable } from "./hole-table";
import { SegregatedList } from "./segregated-list";

const SEED = Number(process.env.FREELIST_SEED ?? 20261126);
const BOUNDS = [2, 5, 40];

interface Hole {
  readonly unit: number;
  readonly size: number;
}

/** A list under test: how it is made, and how a plain array of its holes is kept. */
interface Kind {
  readonly make: (arena: Arena) => HoleList;
  readonly compare?: (a: Hole, b: Hole) => number;
  readonly newest?: "front" | "back";
  readonly bySize?: boolean;
}

const classOf = (size: number) => BOUNDS.filter((bound) => bound < size).length;
const byOrder = (order: OrderName, bySize: boolean): Kind => {
  const { compare, newest, index } = ORDERS[order];
  return {
    make: (arena) => index(arena, bySize),
    compare:
      compare && ((a, b) => compare({ address: a.unit, size: a.size }, { address: b.unit, size: b.size })),
    newest,
    bySize,
  };
};

const KINDS: Record<string, Kind> = {
  ...Object.fromEntries(
    (Object.keys(ORDERS) as OrderName[]).flatMap((order) => [
      [order, byOrder(order, false)],
      [`${order}, by size`, byOrder(order, true)],
    ]),
  ),
  "size classes": {
    make: (arena) => new SegregatedList(arena, BOUNDS),
    compare: (a, b) => classOf(a.size) - classOf(b.size),
    newest: "front",
  },
};

/** An arena of small and of large blocks, the list of its holes, and the same list as an array. */
class Modelled {
  readonly arena: Arena;
  readonly list: HoleList;
  holes: Hole[] = [];
  readonly #random: (below: number) => number;

  constructor(
    readonly kind: Kind,
    seed: number,
    blocks = 120,
  ) {
    this.#random = numbers(seed);
    const sizes = Array.from({ length: blocks }, () => this.size());
    this.arena = Arena.of(sizes);
    this.list = kind.make(this.arena);
  }

  size(): number {
    return [1, 1, 2, 3 + this.#random(4), 1 + this.#random(60), 125 + this.#random(9)][this.#random(6)]!;
  }

  /** Frees, takes, splits or joins somewhere. */
  turn(merges: boolean): void {
    const { arena, holes } = this;
    const starts = [...arena.blockStarts()];
    const unit = starts[this.#random(starts.length)]!;
    const hole = holes.find((each) => each.unit === unit);
    const size = 1 + this.#random(hole?.size ?? 1);
    if (hole === undefined) {
      if (merges) this.free(unit);
      else this.release(unit);
    } else if (size === hole.size) this.take(hole);
    else if (!merges && arena.isHole(unit + hole.size)) this.fuse(hole);
    else this.split(hole, size);
  }

  /** A block becomes a hole, and takes in those beside it. */
  free(unit: number): void {
    const { arena } = this;
    let size = arena.sizeAt(unit);
    arena.deleteBlock(unit);
    const [left, right] = [arena.holeBefore(unit), arena.isHole(unit + size) ? unit + size : NO_HOLE];
    const first = left === NO_HOLE ? unit : left;
    for (const each of this.holes.filter((one) => one.unit === left || one.unit === right)) {
      arena.deleteHole(each.unit, each.size);
      size += each.size;
    }
    arena.putHole(first, size);
    this.list.put(first, size, left, right);
    this.#put({ unit: first, size }, left, right);
  }

  /** A block becomes a hole beside others. */
  release(unit: number): void {
    const size = this.arena.sizeAt(unit);
    this.arena.deleteBlock(unit);
    this.arena.putHole(unit, size);
    this.list.put(unit, size, NO_HOLE, NO_HOLE);
    this.#put({ unit, size });
  }

  take(hole: Hole): void {
    this.arena.deleteHole(hole.unit, hole.size);
    this.arena.putBlock(hole.unit, hole.size);
    this.list.take(hole.unit);
    this.holes = this.holes.filter((each) => each !== hole);
  }

  /** A block is cut off, at either end of the hole. */
  split(hole: Hole, size: number): void {
    const { unit } = hole;
    const low = this.#random(2) === 0;
    const rest = { unit: low ? unit + size : unit, size: hole.size - size };
    this.arena.deleteHole(unit, hole.size);
    this.arena.putHole(rest.unit, rest.size);
    this.arena.putBlock(low ? unit : unit + rest.size, size);
    this.list.split(unit, rest.unit, rest.size);
    // Sorted within a class by arrival: what is left is a new arrival there.
    if (this.kind.newest && this.kind.compare) {
      this.holes = this.holes.filter((each) => each !== hole);
      this.#put(rest);
    } else {
      this.holes = this.holes.map((each) => (each === hole ? rest : each));
      this.#sort();
    }
  }

  /** A hole takes in the one behind it, at the foremost place of both. */
  fuse(low: Hole): void {
    const high = this.holes.find((each) => each.unit === low.unit + low.size)!;
    const both = { unit: low.unit, size: low.size + high.size };
    this.arena.deleteHole(low.unit, low.size);
    this.arena.deleteHole(high.unit, high.size);
    this.arena.putHole(both.unit, both.size);
    this.list.fuse(low.unit, high.unit, both.size);
    if (this.kind.newest && this.kind.compare) this.#put(both, low.unit, high.unit);
    else {
      const at = Math.min(this.holes.indexOf(low), this.holes.indexOf(high));
      this.holes[at] = both;
      this.holes = this.holes.filter((each) => each !== low && each !== high);
      this.#sort();
    }
  }

  #put(hole: Hole, ...gone: number[]): void {
    this.holes = this.holes.filter(({ unit }) => !gone.includes(unit));
    if (this.kind.newest === "front") this.holes.unshift(hole);
    else this.holes.push(hole);
    this.#sort();
  }

  #sort(): void {
    if (this.kind.compare) this.holes.sort(this.kind.compare);
  }

  /** Every answer of the list is that of a walk along the array. */
  compare(): void {
    const { list, holes, kind } = this;
    const unitOf = (hole: Hole | undefined) => hole?.unit ?? NO_HOLE;
    list.check();
    expect(list.inOrder()).toEqual(holes.map(({ unit }) => unit));
    expect(list.largestSize()).toBe(Math.max(0, ...holes.map(({ size }) => size)));
    const at = this.#random(holes.length || 1);
    const sizes = [1, this.size(), list.largestSize(), list.largestSize() + 1].filter((size) => size > 0);
    for (const size of sizes) {
      const fits = (hole: Hole) => hole.size >= size;
      expect([size, list.first(size)]).toEqual([size, unitOf(holes.find(fits))]);
      if (list instanceof SegregatedList) {
        const from = holes.filter((hole) => classOf(hole.size) >= classOf(size));
        const walked = from.findIndex(fits) + 1 || from.length;
        expect([size, list.walked(size, list.first(size))]).toEqual([size, walked]);
      } else if (holes.length > 0) {
        expect([size, at, list.first(size, holes[at]!.unit)]).toEqual([
          size,
          at,
          unitOf(holes.slice(at).find(fits)),
        ]);
      }
      if (kind.bySize) {
        const sized = list as SizedHoleList;
        const ofSize = (wanted: number) => unitOf(holes.find((hole) => hole.size === wanted));
        const fitting = holes.filter(fits).map((hole) => hole.size);
        expect([size, sized.smallest(size)]).toEqual([size, ofSize(Math.min(...fitting))]);
        expect([size, sized.largest(size)]).toEqual([size, ofSize(Math.max(...fitting))]);
      }
    }
    if (holes.length === 0) return;
    for (const each of [0, at, holes.length - 1]) {
      expect(list.after(holes[each]!.unit)).toBe(unitOf(holes[each + 1]));
      expect(list.rank(holes[each]!.unit)).toBe(each);
    }
  }
}

describe.each(Object.entries(KINDS))(`a list in the order %s (seed ${SEED})`, (name, kind) => {
  it.each([true, false])("answers as an array does; merging at once: %j", (merges) => {
    for (const blocks of [3, 40, 120]) {
      const modelled = new Modelled(kind, SEED + blocks, blocks);
      modelled.list.count();
      modelled.compare();
      for (let i = 0; i < turns(150); i++) {
        modelled.turn(merges);
        modelled.compare();
      }
    }
  });

  it("counts from the middle of its life on, and keeps all when there is more room", () => {
    const modelled = new Modelled(kind, SEED);
    for (let i = 0; i < 100; i++) modelled.turn(false);
    const { list, arena, holes } = modelled;
    const before = list.byteLength;
    expect(before).toBeGreaterThan(0);
    arena.enlarge(50 * arena.units);
    list.reserve(arena.room);
    expect(list.byteLength).toBeGreaterThan(before);
    list.count();
    modelled.compare();
    const [top, room] = [arena.units, arena.room];
    arena.enlarge(2 * room);
    list.reserve(2 * room);
    arena.units = 2 * room;
    arena.putBlock(top, 2 * room - top - 7);
    arena.putHole(2 * room - 7, 7);
    list.put(2 * room - 7, 7, NO_HOLE, NO_HOLE);
    list.check();
    expect(list.inOrder().sort((a, b) => a - b)).toEqual([
      ...holes.map(({ unit }) => unit).sort((a, b) => a - b),
      2 * room - 7,
    ]);
    for (const [rank, hole] of list.inOrder().entries()) expect(list.rank(hole)).toBe(rank);
  });

  it("notices a hole that it was not told of", () => {
    const arena = Arena.of([4, 4, 4]);
    const list = kind.make(arena);
    arena.deleteBlock(4);
    arena.putHole(4, 4);
    const said = name === "address" ? "is not in its place" : "has no record";
    expect(() => list.check()).toThrow(`Broken index: the hole at unit 4 ${said}`);
  });

  it("notices a hole that became smaller", () => {
    const arena = Arena.of([4, 4, 4]);
    const list = kind.make(arena);
    arena.deleteBlock(4);
    arena.putHole(4, 4);
    list.put(4, 4, NO_HOLE, NO_HOLE);
    list.check();
    arena.deleteHole(4, 4);
    arena.putHole(4, 3);
    arena.putBlock(7, 1);
    expect(() => list.check()).toThrow(/^Broken index: the .*hole at unit 4 .*\.$/);
    if (name === "address") {
      arena.deleteHole(4, 3);
      arena.putBlock(4, 3);
      expect(() => list.check()).toThrow("Broken index: there is no hole at unit 4.");
    }
  });
});

it("a list in the order of arrival takes more room than its records", () => {
  const arena = Arena.of([4, 4, 4]);
  const records = new HoleTable(arena.room).byteLength;
  expect(ORDERS.lifo.index(arena, false).byteLength).toBeGreaterThan(records);
  expect(ORDERS.lifo.index(arena, true).byteLength).toBeGreaterThan(
    ORDERS.lifo.index(arena, false).byteLength,
  );
});

it("a list of more than 32 size classes finds the holes of the last, and takes room for each class", () => {
  for (const classes of [32, 33, 63, 64]) {
    const bounds = Array.from({ length: classes }, (_, i) => i + 1);
    const arena = Arena.of([4, 100, 4]);
    const list = new SegregatedList(arena, bounds);
    arena.deleteBlock(4);
    arena.putHole(4, 100);
    list.put(4, 100, NO_HOLE, NO_HOLE);
    expect([list.first(1), list.first(100), list.first(101), list.largestSize()]).toEqual([
      4,
      4,
      NO_HOLE,
      100,
    ]);
    list.check();
    const records = new HoleTable(arena.room).byteLength;
    expect(list.byteLength).toBeGreaterThan(records + 4 * (classes + 1));
  }
});

it("a list by size classes notices a hole in the wrong class", () => {
  const bounds = [2, 5, 40];
  const arena = Arena.of([4, 4, 4]);
  const list = new SegregatedList(arena, bounds);
  arena.deleteBlock(4);
  arena.putHole(4, 4);
  list.put(4, 4, NO_HOLE, NO_HOLE);
  bounds[0] = 4;
  expect(() => list.check()).toThrow("Broken index: the hole at unit 4 is in the wrong size class.");
});
