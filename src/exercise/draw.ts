import type { Block } from "../heap/block";
import { createHeap } from "../heap/create-heap";
import type { HeapDescription } from "../heap/heap";
import { heapText } from "../heap/heap-text";
import type { FreeListOptions } from "../heap/options";
import { COALESCINGS, ORDERS } from "../heap/orders";
import type { Random } from "../random/random";
import { blockName, type Call } from "./call";
import type { QuestionHeap } from "./question-heap";

/** What a heap is to be like. Sizes are in units of the alignment. */
export interface HeapWish {
  readonly options?: FreeListOptions;
  /** Bytes of a page. Default 4. */
  readonly pageSize?: number;
  /** Number of holes, from the first to the second. */
  readonly holes: readonly [number, number];
  /** Units of a hole, from the first to the second. Default 1 to 9. */
  readonly sizes?: readonly [number, number];
  /** Whether next fit goes on somewhere in the list; default: where the fit is next fit. */
  readonly rover?: boolean;
}

/** A whole number from `low` to `high`, both included. */
export function from(random: Random, [low, high]: readonly [number, number]): number {
  return random.randint(low, high + 1);
}

/** True with this probability. */
export function chance(random: Random, probability: number): boolean {
  return random.random() < probability;
}

/** The items in another order. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const all = [...items];
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.randint(0, i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

/** Some of the items, in their order. */
export function some<T>(random: Random, items: readonly T[], count: number): T[] {
  const kept = new Set(shuffled(random, [...items.keys()]).slice(0, count));
  return items.filter((_, i) => kept.has(i));
}

/** A heap with allocated blocks and holes between them, its list in an order that it can have. */
export function drawHeap(random: Random, wish: HeapWish): QuestionHeap {
  const { options = {}, pageSize = 4, sizes = [1, 9] } = wish;
  const { align = pageSize, header = 0, base = 0, order = "address", coalesce = "immediate" } = options;
  const blocks: Block[] = [];
  let address = base;
  const push = (size: number, free: boolean) => {
    blocks.push({ address, size, free });
    address += size;
  };
  const least = Math.max(1, Math.ceil((header + 1) / align));
  const allocated = () => push(from(random, [least, least + 3]) * align, false);
  const count = from(random, wish.holes);
  const units = sizesOf(random, sizes, count);
  if (chance(random, 0.6)) allocated();
  for (const [i, size] of units.entries()) {
    const apart = i === 0 || COALESCINGS[coalesce].onFree || chance(random, 0.6);
    if (i > 0 && apart) allocated();
    if (i > 0 && apart && chance(random, 0.3)) allocated();
    push(size * align, true);
  }
  if (chance(random, 0.6)) allocated();
  // The heap is whole pages.
  while ((address - base) % pageSize !== 0) allocated();
  const { compare } = ORDERS[order];
  const holes = shuffled(
    random,
    blocks.filter(({ free }) => free),
  );
  if (compare) holes.sort(compare);
  const rover = (wish.rover ?? options.fit === "next") ? from(random, [0, count - 1]) : -1;
  const list = holes.map((hole, i) => `${i === rover ? ">" : ""}${hole.address}`);
  const start = [heapText(blocks), "|", ...list].join(" ");
  return { description: describe("free-list", address - base, pageSize, options), start, setup: [] };
}

/** A heap as made, on which calls are made. */
export function freshHeap(
  kind: "free-list" | "segregated-fits" | "buddy",
  heapSize: number,
  pageSize: number,
  options: object = {},
  setup: readonly Call[] = [],
): QuestionHeap {
  return { description: describe(kind, heapSize, pageSize, options), start: null, setup };
}

/** The request for which a block of `size` bytes is needed, with as much rounding as there may be. */
export function requestFor(
  random: Random,
  size: number,
  { align = 4, header = 0 }: FreeListOptions,
  rounded = true,
): number {
  const slack = rounded && align > 1 ? random.randint(0, align) : 0;
  return Math.max(1, size - header - slack);
}

/** A request that some hole of the heap can serve, or, now and then, that none can. */
export function drawRequest(random: Random, heap: QuestionHeap, denied = 0.1, rounded = true): number {
  const options = { align: heap.description.pageSize, ...heap.description.options } as FreeListOptions;
  const { align = 4, header = 0 } = options;
  const holes = blocksOf(heap).filter(({ free }) => free);
  const largest = Math.max(...holes.map(({ size }) => size));
  const fitting = Math.max(align, random.choice(holes).size - align * from(random, [0, 2]));
  const size = chance(random, denied) ? largest + align : fitting;
  // With a header, the least request needs more than a unit.
  const least = Math.ceil((header + 1) / align) * align;
  return requestFor(random, Math.max(size, least), options, rounded);
}

/** Payload addresses of the allocated blocks; those beside a hole twice, so that they are drawn more often. */
export function payloads(heap: QuestionHeap): number[] {
  const header = Number(heap.description.options.header ?? 0);
  const blocks = blocksOf(heap);
  return blocks.flatMap(({ address, free }, i) => {
    if (free) return [];
    const beside = blocks[i - 1]?.free || blocks[i + 1]?.free;
    return beside ? [address + header, address + header] : [address + header];
  });
}

/** Of a heap without an allocated block, an address all the same: its question is dull. */
export function payloadsOrNone(heap: QuestionHeap): number[] {
  const all = payloads(heap);
  return all.length > 0 ? all : [0];
}

/** The blocks that a heap's text has. */
export function blocksOf({ start, description }: QuestionHeap): Block[] {
  let address = Number(description.options.base ?? 0);
  return start!
    .split("|")[0]!
    .trim()
    .split(" ")
    .map((word) => {
      const block = { address, size: Number(word.slice(1)), free: word.startsWith("f") };
      address += block.size;
      return block;
    });
}

/** The names of blocks, in order: a, b, c, … */
export function blockNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => blockName(i));
}

function describe(kind: string, heapSize: number, pageSize: number, options: object): HeapDescription {
  return createHeap({ kind, heapSize, pageSize, options: { ...options } }).describe();
}

/** As many sizes, no two the same as long as there are enough. */
function sizesOf(random: Random, [low, high]: readonly [number, number], count: number): number[] {
  const all = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const drawn = shuffled(random, all);
  while (drawn.length < count) drawn.push(random.choice(all));
  return drawn.slice(0, count);
}
