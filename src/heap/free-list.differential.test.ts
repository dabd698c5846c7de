import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import type { HeapEvent } from "./event";
import { FITS, type FitName } from "./fits";
import { FreeList } from "./free-list";
import type { FreeListOptions } from "./options";
import { COALESCINGS, type CoalesceName, ORDERS, type OrderName } from "./orders";
import { ByteMap } from "./testing/byte-map";
import { TextbookHeap } from "./textbook-heap";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);
/** Operations over all combinations; `FREELIST_OPERATIONS=20000000 npm run test:unit` runs longer. */
const OPERATIONS = Number(process.env.FREELIST_OPERATIONS ?? 1_000_000);

const fits = Object.keys(FITS) as FitName[];
const orders = Object.keys(ORDERS) as OrderName[];
const modes = Object.keys(COALESCINGS) as CoalesceName[];
const SHAPES: (FreeListOptions & { heapSize: number; pageSize: number })[] = [
  { heapSize: 4096, pageSize: 4 },
  { heapSize: 3000, pageSize: 4, align: 16, header: 8, base: 1000 },
  { heapSize: 1000, pageSize: 1, align: 16, header: 4 },
  { heapSize: 0, pageSize: 8, align: 16, growable: true },
  { heapSize: 600, pageSize: 4, align: 12, header: 4, base: 16, growable: true },
];

/** Where blocks are placed, and what is too little to be split off; most combinations have the defaults. */
const SPLITS: FreeListOptions[] = [
  {},
  {},
  { place: "high" },
  { leastRemainder: 20 },
  { place: "high", leastRemainder: 40 },
  {},
  { leastRemainder: 2 ** 40 },
];

const combinations = SHAPES.flatMap((shape) =>
  fits.flatMap((fit) =>
    orders.flatMap((order) => modes.map((coalesce) => ({ ...shape, fit, order, coalesce }))),
  ),
).map((combination, i) => ({ ...combination, ...SPLITS[i % SPLITS.length] }));

/** Which of the live blocks, oldest first, is freed next. */
const VICTIMS: ((random: (below: number) => number, live: number) => number)[] = [
  (random, live) => random(live || 1),
  () => 0,
  (_, live) => Math.max(0, live - 1),
  (random, live) => Math.min(Math.max(0, live - 1), 2 * random((live + 1) >> 1 || 1)),
];

describe(`FreeList equals TextbookHeap (seed ${SEED})`, () => {
  const share = Math.ceil(OPERATIONS / combinations.length);
  for (const [i, { heapSize, pageSize, ...options }] of combinations.entries()) {
    it(`${heapSize}/${pageSize} ${JSON.stringify(options)}`, () => {
      const random = numbers(SEED + i);
      for (let done = 0; done < share; )
        done += compareRun(heapSize, pageSize, options, random, Math.min(600, share));
    });
  }
});

/** Runs random operations on both; returns how many. */
function compareRun(
  heapSize: number,
  pageSize: number,
  options: FreeListOptions,
  random: (below: number) => number,
  operations: number,
): number {
  const fast = new FreeList(heapSize, pageSize, options);
  const slow = new TextbookHeap(heapSize, pageSize, options);
  const bytes = new ByteMap(fast.header);
  const events: HeapEvent[] = [];
  const slowEvents: HeapEvent[] = [];
  fast.listen((event) => events.push(event));
  slow.listen((event) => slowEvents.push(event));
  const live: number[] = [];
  // Some runs free at random; others the oldest, the newest, or every second block, which leaves a comb of holes.
  const victim = VICTIMS[random(VICTIMS.length)]!;
  // Some runs have many small blocks, some few large ones; some fill up, some stay empty.
  const largest = [1, 24, 200, 900][random(4)]!;
  const pressure = 30 + random(50);
  for (let i = 0; i < operations; i++) {
    const dice = random(100);
    let answers: [unknown, unknown];
    if (dice < pressure) {
      const size = random(largest);
      const address = fast.malloc(size);
      answers = [address, slow.malloc(size)];
      if (address !== null) {
        bytes.malloc(address, size);
        live.push(address);
      }
    } else if (dice < 90) {
      const [at, stray] = [victim(random, live.length), random(10) === 0];
      const address = stray || live.length === 0 ? fast.base + random(heapSize + 100) : live[at]!;
      const freed = fast.free(address);
      answers = [freed, slow.free(address)];
      const known = live.indexOf(address);
      if (freed !== known >= 0) expect(freed).toBe(known >= 0);
      if (known >= 0) {
        bytes.free(address);
        live.splice(known, 1);
      }
    } else {
      const at = random(live.length || 1);
      const from = live.length === 0 || random(12) === 0 ? null : live[at]!;
      const size = random(largest);
      const address = fast.realloc(from, size);
      answers = [address, slow.realloc(from, size)];
      if (from !== null && (address !== null || size === 0)) {
        bytes.free(from);
        live.splice(at, 1);
      }
      if (address !== null) {
        bytes.malloc(address, size);
        live.push(address);
      }
    }
    if (answers[0] !== answers[1]) expect(answers[0]).toBe(answers[1]);
    compareEvents(events.pop(), slowEvents.pop());
    fast.check();
    compareBlocks([...fast.blocks()], [...slow.blocks()]);
    compareBlocks([...fast.holes()], [...slow.holes()]);
    if (fast.top !== slow.top) expect(fast.top).toBe(slow.top);
  }
  for (const address of live) expect(fast.free(address)).toBe(true);
  fast.check();
  fast.coalesce();
  if (options.coalesce !== "never") expect([...fast.blocks()].length).toBeLessThanOrEqual(1);
  return operations;
}

/** As `toEqual`, but fast enough for a million. */
function compareEvents(a: HeapEvent | undefined, b: HeapEvent | undefined): void {
  if (!same(a, b)) expect(a).toEqual(b);
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = Object.keys(x);
  return names.length === Object.keys(y).length && names.every((name) => name in y && same(x[name], y[name]));
}

function compareBlocks(
  a: readonly { address: number; size: number; free: boolean }[],
  b: readonly { address: number; size: number; free: boolean }[],
): void {
  const same =
    a.length === b.length &&
    a.every((x, i) => x.address === b[i]!.address && x.size === b[i]!.size && x.free === b[i]!.free);
  if (!same) expect(a).toEqual(b);
}
