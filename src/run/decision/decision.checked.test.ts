import { describe, expect, test } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { BuddySystem, type BuddySystemOptions } from "../../heap/buddy-system";
import type { HeapEvent } from "../../heap/event";
import { FixedPartitions } from "../../heap/fixed-partitions";
import { FreeList } from "../../heap/free-list";
import type { Heap } from "../../heap/heap";
import type { CustomFit, FreeListOptions } from "../../heap/options";
import { OriginalHeap } from "../../heap/original-heap";
import { SegregatedFits, type SegregatedFitsOptions } from "../../heap/segregated-fits";
import { type HeapState, stateOf } from "../heap-state";
import { StepChecker } from "../testing/step-checker";
import { decision } from "./decision";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
/** Operations over all heaps and policies; `FREELIST_DECISIONS=10000000 npm run test:unit` runs longer. */
const OPERATIONS = Number(process.env.FREELIST_DECISIONS ?? 1_000_000);
/** So many operations are run on one heap; then another begins. */
const RUN = 250;

const FITS = ["first", "next", "best", "worst"] as const;
const ORDERS = ["address", "lifo", "fifo", "size-ascending", "size-descending"] as const;
const COALESCE = ["immediate", "deferred", "never"] as const;
const SHAPES: { heapSize: number; pageSize: number; options: FreeListOptions }[] = [
  { heapSize: 4096, pageSize: 4, options: {} },
  { heapSize: 1200, pageSize: 4, options: { align: 16, header: 8, base: 1000 } },
  { heapSize: 0, pageSize: 8, options: { align: 16, growable: true } },
  { heapSize: 600, pageSize: 4, options: { align: 12, header: 4, base: 16, growable: true } },
];
const FITS_OF_ONES_OWN: CustomFit[] = [
  (holes, size) => holes.filter((hole) => hole.size >= size).at(-1),
  (holes, size) => holes.find((hole) => hole.size === size || hole.size > 2 * size) ?? null,
];

interface Subject {
  readonly name: string;
  make(): Heap;
}

const freeList = (heapSize: number, pageSize: number, options: FreeListOptions, name = ""): Subject => ({
  name: `${heapSize}/${pageSize} ${name || JSON.stringify(options)}`,
  make: () => new FreeList(heapSize, pageSize, options),
});
const segregated = (heapSize: number, pageSize: number, options: SegregatedFitsOptions): Subject => ({
  name: `segregated fits ${heapSize}/${pageSize} ${JSON.stringify(options)}`,
  make: () => new SegregatedFits(heapSize, pageSize, options),
});
const buddy = (heapSize: number, pageSize: number, options: BuddySystemOptions): Subject => ({
  name: `buddy system ${heapSize}/${pageSize} ${JSON.stringify(options)}`,
  make: () => new BuddySystem(heapSize, pageSize, options),
});

const SUBJECTS: readonly Subject[] = [
  ...SHAPES.flatMap(({ heapSize, pageSize, options }) =>
    FITS.flatMap((fit) =>
      ORDERS.flatMap((order) =>
        COALESCE.map((coalesce) => freeList(heapSize, pageSize, { ...options, fit, order, coalesce })),
      ),
    ),
  ),
  ...FITS.flatMap((fit) =>
    ORDERS.flatMap((order, i) => [
      freeList(1200, 8, { fit, order, place: "high", coalesce: COALESCE[i % 3]!, header: 4 }),
      freeList(1200, 8, { fit, order, leastRemainder: 24, coalesce: COALESCE[(i + 1) % 3]!, growable: true }),
      freeList(1200, 4, { fit, order, place: "high", leastRemainder: 9, coalesce: COALESCE[(i + 2) % 3]! }),
    ]),
  ),
  ...FITS_OF_ONES_OWN.flatMap((fit, i) =>
    COALESCE.map((coalesce) =>
      freeList(1024, 8, { fit, coalesce, growable: i === 1 }, `a fit of one's own, ${i}, ${coalesce}`),
    ),
  ),
  ...COALESCE.flatMap((coalesce) => [
    segregated(2048, 8, { coalesce, header: 8, base: 64 }),
    segregated(2048, 4, { coalesce, classes: [16, 100, 1000], place: "high", leastRemainder: 12 }),
    segregated(0, 16, { coalesce, growable: true, classes: [64] }),
  ]),
  ...FITS.map((fit) => ({
    name: `fixed partitions, ${fit} fit`,
    make: () => new FixedPartitions([64, 32, 256, 16, 120, 8, 400, 64], 8, { fit, header: 4, base: 40 }),
  })),
  buddy(2048, 16, {}),
  buddy(4096, 4, { align: 32, header: 8, base: 1024 }),
  buddy(768, 12, { header: 4, base: 100 }),
  buddy(64, 16, { growable: true }),
  { name: "the original program", make: () => new OriginalHeap(2048, 4) },
];

describe(`every step of every decision is true, and leads to the heap's state (seed ${SEED})`, () => {
  const share = Math.ceil(OPERATIONS / SUBJECTS.length);
  for (const [i, { name, make }] of SUBJECTS.entries()) {
    test(name, () => {
      const random = numbers(SEED + i);
      for (let done = 0; done < share; done += RUN) checkedRun(make(), random, Math.min(RUN, share - done));
    });
  }
});

/** Random operations, each of whose decisions is followed step by step, by one who knows nothing else of the heap. */
function checkedRun(heap: Heap, random: (below: number) => number, operations: number): void {
  let before = stateOf(heap);
  const checker = new StepChecker(before);
  let event: HeapEvent | null = null;
  heap.listen((heard) => {
    event = heard;
  });
  const live: number[] = [];
  const largest = [8, 40, 200, 900][random(4)]!;
  const pressure = 35 + random(40);
  const original = heap instanceof OriginalHeap;
  const check = (answer: unknown) => {
    const steps = decision(event, before, { most: Number.POSITIVE_INFINITY });
    checker.follow(steps);
    const last = steps.at(-1)!;
    if (last.kind === "answer" && last.value !== answer) expect(last.value).toBe(answer);
    const looked = examinedBy(event);
    if (looked !== checker.examined) expect(checker.examined).toBe(looked);
    before = stateOf(heap);
    compare(before, checker);
    event = null;
  };
  for (let i = 0; i < operations; i++) {
    const dice = random(100);
    if (dice < pressure) {
      const size = random(largest) - (original && random(9) === 0 ? 3 : 0);
      const address = heap.malloc(size);
      check(address);
      if (address !== null && address >= 0) live.push(address);
    } else if (dice < 88) {
      const stray = live.length === 0 || random(10) === 0;
      const address = stray ? heap.base + random(heap.capacity + 20) - 10 : live[random(live.length)]!;
      check(heap.free(address));
      const known = live.indexOf(address);
      if (known >= 0) live.splice(known, 1);
    } else if (dice < 99) {
      const at = random(live.length || 1);
      const stray = random(20) === 0;
      const from = live.length === 0 ? null : stray ? heap.base + random(heap.capacity + 1) : live[at]!;
      const size = random(largest);
      const address = heap.realloc(from, size);
      check(address);
      const known = from === null ? -1 : live.indexOf(from);
      if (known >= 0 && (address !== null || size === 0)) live.splice(known, 1);
      if (address !== null && address >= 0) live.push(address);
    } else if (heap instanceof FreeList && !(heap instanceof FixedPartitions)) {
      heap.coalesce();
      check(null);
    }
  }
}

function examinedBy(event: HeapEvent | null): number {
  if (event?.kind === "malloc") return event.examined;
  return event?.kind === "realloc" ? (event.malloc?.examined ?? 0) : 0;
}

/** As `toEqual`, but fast enough for a million. */
function compare(state: HeapState, checker: StepChecker): void {
  const same =
    sameBlocks(state.blocks, checker.blocks) &&
    sameBlocks(state.list, checker.list) &&
    state.top === checker.top &&
    state.rover === checker.rover;
  if (same) return;
  const { blocks, list, top, rover } = checker;
  expect({ blocks, list, top, rover }).toEqual({
    blocks: state.blocks,
    list: state.list,
    top: state.top,
    rover: state.rover,
  });
}

function sameBlocks(a: HeapState["blocks"], b: HeapState["blocks"]): boolean {
  return (
    a.length === b.length &&
    a.every((x, i) => x.address === b[i]!.address && x.size === b[i]!.size && x.free === b[i]!.free)
  );
}
