import { ownOptions, show } from "../base/wrong-argument";
import type { Block } from "./block";
import { FreeList } from "./free-list";
import type { Heap } from "./heap";
import { heapText, parseHeapText, wordsOf } from "./heap-text";
import { NO_HOLE } from "./index/hole-list";
import type { ListState } from "./list-state";
import { type CheckedOptions, checkedOptions, type FreeListOptions, OPTION_NAMES } from "./options";
import { COALESCINGS, ORDERS } from "./orders";
import { greatestDivisor } from "./rounding";

/** The heap that `heapFrom` makes: the options of a `FreeList`, and the page size. */
export interface HeapFromOptions extends FreeListOptions {
  /** Bytes of a page. Default 1, so that sizes are not rounded unless `align` says so. */
  readonly pageSize?: number;
}

const NAMES = ["pageSize", ...OPTION_NAMES];

/**
 * A heap that starts from given blocks and holes, as nearly every textbook's exercise does: `heapFrom("f100 A1 f500")`. The text has
 * the blocks in address order with their sizes, header included: what `heap.toString()` prints.
 *
 * Behind a `|` may stand the free list: the block addresses of the holes from its head on, and, for next fit, a `>` before the one
 * where the next search starts: `"f100 A1 f500 A1 f200 | 602 0 >101"`. Without it the holes were freed one after the other from the
 * lowest address up: the highest is at the head of a `"lifo"` list, the lowest at that of a `"fifo"` list, and the next search starts
 * at the head. `writeHeap` writes such a text.
 * @param options page size and policies, as those of a `FreeList`
 * @param Kind the class of the heap: `FreeList` (the default) or `TextbookHeap`
 * @throws SyntaxError for a text that is none, with the place; RangeError for blocks that no heap with these options can have, with
 *   the place; as `FreeList` for options that are not allowed
 *
 * @example
 * const heap = heapFrom("f100 A1 f500", { fit: "best" });
 * heap.malloc(80); // 0
 * String(heap); // "A80 f20 A1 f500"
 */
export function heapFrom(text: string, options?: HeapFromOptions): FreeList;
export function heapFrom<Kind extends Heap>(
  text: string,
  options: HeapFromOptions,
  Kind: new (heapSize: number, pageSize: number, options?: FreeListOptions) => Kind,
): Kind;
export function heapFrom(
  text: string,
  options: HeapFromOptions = {},
  Kind: new (heapSize: number, pageSize: number, options?: FreeListOptions) => Heap = FreeList,
): Heap {
  const { pageSize = 1, ...policies } = ownOptions(options, NAMES);
  const words = wordsOf(text);
  const bar = words.findIndex(({ word }) => word === "|");
  const blockWords = bar < 0 ? words : words.slice(0, bar);
  const before = bar < 0 ? text : text.slice(0, words[bar]!.at - 1);
  const { base = 0 } = policies;
  const blocks = parseHeapText(before, typeof base === "number" ? base : 0);
  const heapSize = blocks.reduce((sum, { size }) => sum + size, 0);
  const heap = new Kind(heapSize, pageSize, policies);
  const checked = checkedOptions(heapSize, pageSize, policies);
  for (const [i, { word, at }] of blockWords.entries()) {
    const why = whyNot(blocks, i, checked);
    if (why !== null) throw new RangeError(`No such heap has the block ${word} at character ${at}: ${why}.`);
  }
  const { list, rover } =
    bar < 0 ? freedUpwards(blocks, checked) : readList(words.slice(bar + 1), blocks, checked);
  const unit = greatestDivisor(checked.align, heapSize);
  const unitOf = (address: number) => (address - checked.base) / unit;
  const state: ListState = {
    blocks: blocks.map(({ size, free }) => (free ? -size : size) / unit),
    list: list.map(unitOf),
    rover: rover === null ? NO_HOLE : unitOf(rover),
  };
  heap.restore({ version: 1, description: heap.describe(), state });
  return heap;
}

/**
 * The text from which `heapFrom` makes a heap in the very state of this one, given the same options: the blocks, and the free list
 * behind a `|`. Of a `FreeList` or a `TextbookHeap`.
 */
export function writeHeap(
  heap: Pick<Heap, "describe" | "snapshot" | "base" | "capacity" | "blocks" | "holes">,
): string {
  const { kind } = heap.describe();
  if (kind !== "free-list")
    throw new RangeError(
      `Only a FreeList or a TextbookHeap can be written as a text, not a heap of kind ${show(kind)}.`,
    );
  const { blocks, rover } = heap.snapshot().state as ListState;
  const units = blocks.reduce((sum, size) => sum + Math.abs(size), 0);
  // Without a rover it is an address before the heap.
  const start = heap.base + rover * (heap.capacity / units);
  const list = Array.from(heap.holes(), ({ address }) => `${address === start ? ">" : ""}${address}`);
  return [heapText(heap.blocks()), "|", ...list].join(" ");
}

/** A free list by block addresses, and the one where next fit goes on. */
interface List {
  readonly list: readonly number[];
  readonly rover: number | null;
}

/** The list of holes that were freed from the lowest address up. */
function freedUpwards(blocks: readonly Block[], { order }: CheckedOptions): List {
  const { compare, newest } = ORDERS[order];
  const holes = blocks.filter((block) => block.free);
  if (newest === "front") holes.reverse();
  if (compare) holes.sort(compare);
  return { list: holes.map(({ address }) => address), rover: null };
}

/** Reads what stands behind the `|`. */
function readList(
  words: ReturnType<typeof wordsOf>,
  blocks: readonly Block[],
  options: CheckedOptions,
): List {
  const { order } = options;
  const missing = new Map(blocks.filter(({ free }) => free).map((hole) => [hole.address, hole]));
  const { compare } = ORDERS[order];
  const holes: Block[] = [];
  let rover: number | null = null;
  for (const { word, at } of words) {
    const match = /^(>?)(\d+)$/.exec(word);
    if (!match)
      throw new SyntaxError(
        `A free list has addresses such as 100 or >100, not ${show(word)} at character ${at}.`,
      );
    const hole = missing.get(Number(match[2]));
    if (!hole)
      throw new RangeError(
        `A free list has each hole once, and ${show(word)} at character ${at} is none, or stands there twice.`,
      );
    const last = holes.at(-1);
    if (compare && last && compare(last, hole) > 0)
      throw new RangeError(
        `A list in the order "${order}" has not ${show(word)} at character ${at} behind ${last.address}.`,
      );
    if (match[1]) rover = hole.address;
    missing.delete(hole.address);
    holes.push(hole);
  }
  for (const address of missing.keys())
    throw new RangeError(`A free list has every hole, and the one at ${address} is missing behind the "|".`);
  return { list: holes.map(({ address }) => address), rover };
}

/** Why no heap with these options has this block; null when one can. */
function whyNot(blocks: readonly Block[], i: number, options: CheckedOptions): string | null {
  const { heapSize, align, header, coalesce, leastRemainder } = options;
  const { size, free } = blocks[i]!;
  // Of a heap that is no multiple of the alignment a hole is none either, or a block that got all of it.
  const unit = free || leastRemainder > 1 ? greatestDivisor(align, heapSize) : align;
  if (size % unit !== 0)
    return `its size must be a multiple of ${unit === align ? "the alignment " : ""}${unit}`;
  if (!free && size < header) return `it has fewer bytes than its header of ${header}`;
  if (free && blocks[i - 1]?.free && COALESCINGS[coalesce].onFree)
    return "it follows a hole, and with immediate coalescing they would have merged";
  return null;
}
