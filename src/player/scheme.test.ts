import fc from "fast-check";
import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import type { FreeListOptions } from "../heap/options";
import { OriginalHeap } from "../heap/original-heap";
import { History } from "../run/history";
import { RunOccupancy } from "../run/occupancy";
import { originalRun, playAsPublished } from "../workload/original-run";
import { Film } from "./film";
import { frameOf, schemeOf, shadeIndex } from "./scheme";

/** A film of what `act` does to a heap. */
function filmOf<H extends Heap>(heap: H, act: (heap: H) => void): Film {
  const history = History.of(heap);
  act(heap);
  const film = new Film("", History.decode(history.stop().encode()));
  film.read(Number.POSITIVE_INFINITY);
  return film;
}

/** Does what the numbers say: allocates, frees or resizes one of the live blocks. */
function drive(heap: FreeList, moves: readonly (readonly [number, number])[]): void {
  const live: number[] = [];
  for (const [kind, size] of moves) {
    const at = live.length > 0 ? size % live.length : -1;
    if (kind < 5 || at < 0) {
      const address = heap.malloc(size);
      if (address !== null) live.push(address);
    } else if (kind < 8) {
      heap.free(live[at]!);
      live.splice(at, 1);
    } else {
      const moved = heap.realloc(live[at]!, size);
      if (moved !== null) live[at] = moved;
      else if (size === 0) live.splice(at, 1);
    }
  }
}

const moves = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 120 })), {
  maxLength: 120,
});
const heaps: readonly [string, number, FreeListOptions][] = [
  ["pages", 1024, {}],
  ["header, small alignment", 1024, { header: 4, align: 4, base: 64 }],
  ["growable", 0, { growable: true, order: "lifo" }],
];

/** The matrix of a step as the player draws it: 0 for the colour of allocated memory, 1 for free, NaN for no memory. */
function cellsAt(film: Film, occupancy: RunOccupancy, step: number): number[] {
  const scheme = schemeOf("original", false);
  const cells = frameOf(occupancy, film.livesAt(step), scheme, film.scales, film.top(step));
  const full = scheme.css.length - 1;
  return Array.from(cells, (index) => (index === full ? 0 : index === 0 ? 1 : index));
}

test.each(heaps)(
  "frames equal the heap's matrix at every step, forwards, backwards and at random (%s)",
  (_, size, options) => {
    fc.assert(
      fc.property(moves, fc.array(fc.nat(120)), (list, jumps) => {
        const film = filmOf(new FreeList(size, 16, options), (heap) => drive(heap, list));
        const occupancy = new RunOccupancy(film.grid(16_384), film);
        const all = Array.from({ length: film.steps + 1 }, (_, step) => step);
        for (const step of [...all, ...[...all].reverse(), ...jumps.map((jump) => jump % all.length)]) {
          occupancy.seek(step);
          const { heap } = film.at(step);
          const pages = Math.ceil(heap.capacity / 16);
          const cells = cellsAt(film, occupancy, step);
          expect(cells.slice(0, pages)).toEqual(heap.asMatrix().flat().slice(0, pages));
          expect(cells.slice(pages).every(Number.isNaN)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  },
);

test("frames of the original run equal its matrices", () => {
  const film = filmOf(new OriginalHeap(8192, 4), (heap) => {
    for (const _ of playAsPublished(originalRun(), heap));
  });
  const occupancy = new RunOccupancy(film.grid(16_384), film);
  for (let step = 100; step >= 0; step--) {
    occupancy.seek(step);
    expect(cellsAt(film, occupancy, step).slice(0, 2048)).toEqual(
      film.at(step).heap.asMatrix().flat().slice(0, 2048),
    );
  }
});

test("blocks from before the first step are there from step 0 on", () => {
  const heap = new FreeList(1024, 16);
  heap.malloc(100);
  const film = filmOf(heap, () => heap.free(0));
  expect(film.blockAt(50, 0)).toMatchObject({ address: 0, size: 112, free: false });
  expect(film.blockAt(50, 1)).toMatchObject({ address: 0, size: 1024, free: true, life: null });
});

test("shadeIndex keeps empty and full for themselves", () => {
  expect(shadeIndex(0, 0)).toBe(0);
  const partly = [1e-9, 0.1, 0.5, 0.9, 1 - 1e-9].map((part) => shadeIndex(0, part));
  expect(partly).toEqual([...partly].sort((a, b) => a - b));
  expect(partly).not.toContain(0);
  expect(partly).not.toContain(shadeIndex(0, 1));
});
