import type { RuleName } from "./rules";
import { type Hole, StudentHeap, type StudentHeapOptions } from "./student-heap";

/** An allocator that is wrong in one way. */
export interface WrongHeap {
  /** What is wrong, in a sentence. */
  readonly fault: string;
  /** The rule that is broken: a key of `RULES`. */
  readonly rule: RuleName;
  /** Calls of the shortest sequence that shows it: what `findBug` comes to. */
  readonly shortest: number;
  /** The policy that it is for; by default first fit in a list by address. */
  readonly options: StudentHeapOptions;
  /** The allocator: `new Heap(heapSize, pageSize, options)`. */
  readonly Heap: new (
    heapSize: number,
    pageSize: number,
    options?: StudentHeapOptions,
  ) => StudentHeap;
}

/** Allocators that are wrong in one way each, by name: exercises for whoever looks for the fault, and for `findBug`. */
export const WRONG_HEAPS = {
  // The answers.

  "zero-is-failure": wrong(
    "The block at address 0 is taken for a failure.",
    "granted",
    1,
    {},
    class extends StudentHeap {
      override malloc(request: number) {
        return super.malloc(request) || null;
      }
    },
  ),
  "undefined-for-null": wrong(
    "A request that is denied answers undefined.",
    "answer",
    2,
    {},
    class extends StudentHeap {
      override malloc(request: number) {
        return super.malloc(request) ?? (undefined as unknown as null);
      }
    },
  ),
  "free-says-nothing": wrong(
    "free does not say whether it has freed a block.",
    "answer",
    1,
    {},
    class extends StudentHeap {
      override free(payload: number | null) {
        super.free(payload);
        return undefined as unknown as boolean;
      }
    },
  ),
  "free-null-throws": wrong(
    "free(null) throws an error.",
    "quiet",
    1,
    {},
    class extends StudentHeap {
      override free(payload: number | null) {
        if (payload === null) throw new Error("no such block");
        return super.free(payload);
      }
    },
  ),
  "block-for-payload": wrong(
    "malloc answers the address of the block and not of its payload.",
    "payload",
    1,
    { header: 4 },
    class extends StudentHeap {
      override malloc(request: number) {
        const payload = super.malloc(request);
        return payload === null ? null : payload - this.header;
      }
    },
  ),

  // The size of a block.

  "header-not-counted": wrong(
    "The size of a block does not count its header.",
    "size",
    1,
    { header: 4 },
    class extends StudentHeap {
      override sizeOf(request: number) {
        return Math.max(this.align, this.roundUp(request));
      }
    },
  ),
  "rounded-down": wrong(
    "Sizes are rounded down to the alignment.",
    "size",
    1,
    { align: 8 },
    class extends StudentHeap {
      override roundUp(bytes: number) {
        return Math.floor(bytes / this.align) * this.align;
      }
    },
  ),
  "rounded-too-far": wrong(
    "A size that is a multiple of the alignment already is rounded up to the next.",
    "size",
    1,
    { align: 8 },
    class extends StudentHeap {
      override roundUp(bytes: number) {
        return (Math.floor(bytes / this.align) + 1) * this.align;
      }
    },
  ),
  "rounded-before-header": wrong(
    "The request is rounded up, and then the header is added.",
    "size",
    1,
    { align: 8, header: 4 },
    class extends StudentHeap {
      override sizeOf(request: number) {
        return this.roundUp(request) + this.header;
      }
    },
  ),

  // The search.

  "larger-not-equal": wrong(
    "A hole of just the right size is passed over: > instead of >=.",
    "granted",
    1,
    {},
    class extends StudentHeap {
      override fits(hole: Hole, size: number) {
        return hole.size > size;
      }
    },
  ),
  "last-record-unseen": wrong(
    "The search stops before the last record of the list.",
    "granted",
    4,
    {},
    class extends StudentHeap {
      override fits(hole: Hole, size: number) {
        const last = this.list.length > 1 && hole === this.list.at(-1);
        return !last && super.fits(hole, size);
      }
    },
  ),
  "last-of-equals": wrong(
    "Best fit takes the last of several holes of the same size.",
    "place",
    4,
    { fit: "best" },
    class extends StudentHeap {
      override better(hole: Hole, best: Hole) {
        return hole.size <= best.size;
      }
    },
  ),
  "best-stops-early": wrong(
    "Best fit stops at the first hole that is large enough.",
    "place",
    4,
    { fit: "best" },
    class extends StudentHeap {
      override search(size: number) {
        return this.list.find((hole) => this.fits(hole, size)) ?? null;
      }
    },
  ),
  "worst-stops-early": wrong(
    "Worst fit does not look at the last of several holes that are large enough.",
    "place",
    4,
    { fit: "worst" },
    class extends StudentHeap {
      override search(size: number) {
        const all = this.list.filter((hole) => this.fits(hole, size));
        const seen = all.length > 1 ? all.slice(0, -1) : all;
        return seen.sort((a, b) => b.size - a.size)[0] ?? null;
      }
    },
  ),
  "no-wrap": wrong(
    "Next fit ends at the end of the list and does not go on from its head.",
    "granted",
    4,
    { fit: "next" },
    class extends StudentHeap {
      override search(size: number) {
        const start = this.start();
        const hole = super.search(size);
        return hole !== null && this.list.indexOf(hole) < start ? null : hole;
      }
    },
  ),
  "rover-forgotten": wrong(
    "Next fit begins each search at the head of the list, as first fit does.",
    "place",
    4,
    { fit: "next" },
    class extends StudentHeap {
      override start() {
        return 0;
      }
    },
  ),
  "rover-back-to-head": wrong(
    "Next fit goes back to the head of the list when the rover's hole merges.",
    "place",
    5,
    { fit: "next" },
    class extends StudentHeap {
      override roverMerges() {
        this.rover = null;
      }
    },
  ),
  "rover-on-merged-hole": wrong(
    "Next fit's rover stays on a hole that has merged and is no longer in the list.",
    "quiet",
    5,
    { fit: "next" },
    class extends StudentHeap {
      override roverMerges() {}
    },
  ),

  // The split.

  "remainder-lost": wrong(
    "What a split leaves over is lost.",
    "complete",
    1,
    {},
    class extends StudentHeap {
      override rest() {
        return null;
      }
    },
  ),
  "remainder-of-nothing": wrong(
    "A hole of 0 bytes stays in the list where a block fits exactly.",
    "complete",
    1,
    {},
    class extends StudentHeap {
      override rest(hole: Hole, size: number) {
        return { address: hole.address + size, size: hole.size - size };
      }
    },
  ),
  "split-off-by-header": wrong(
    "What a split leaves over begins a header too early, in the block.",
    "apart",
    1,
    { header: 4 },
    class extends StudentHeap {
      override rest(hole: Hole, size: number) {
        const rest = super.rest(hole, size);
        return rest && { ...rest, address: rest.address - this.header };
      }
    },
  ),
  "remainder-too-long": wrong(
    "What a split leaves over keeps the size of the whole hole.",
    "inside",
    1,
    {},
    class extends StudentHeap {
      override rest(hole: Hole, size: number) {
        const rest = super.rest(hole, size);
        return rest && { ...rest, size: hole.size };
      }
    },
  ),
  "not-sorted-after-split": wrong(
    "A list by size is not sorted anew after a split.",
    "order",
    4,
    { order: "size-descending" },
    class extends StudentHeap {
      override replace(at: number, rest: Hole) {
        this.list[at] = rest;
      }
    },
  ),

  // The free.

  "double-free": wrong(
    "A block can be freed twice.",
    "refused",
    3,
    {},
    class extends StudentHeap {
      override forget() {}
    },
  ),
  "free-inside": wrong(
    "An address inside a block frees it.",
    "refused",
    2,
    {},
    class extends StudentHeap {
      override blockOf(payload: number | null) {
        const address = (payload ?? Number.NaN) - this.header;
        for (const [start, size] of this.sizes) if (start <= address && address < start + size) return start;
        return null;
      }
    },
  ),
  "no-merge-left": wrong(
    "A block that is freed does not merge with the hole before it.",
    "merged",
    4,
    {},
    class extends StudentHeap {
      override neighbours(block: Hole): [undefined, Hole | undefined] {
        return [undefined, super.neighbours(block)[1]];
      }
    },
  ),
  "no-merge-right": wrong(
    "A block that is freed does not merge with the hole behind it.",
    "merged",
    2,
    {},
    class extends StudentHeap {
      override neighbours(block: Hole): [Hole | undefined, undefined] {
        return [super.neighbours(block)[0], undefined];
      }
    },
  ),
  "list-neighbours-only": wrong(
    "Only holes that are neighbours in the list merge, and a list may have another order than the memory.",
    "merged",
    4,
    { order: "lifo" },
    class extends StudentHeap {
      override neighbours(block: Hole) {
        const [left, right] = super.neighbours(block);
        const inList = (hole: Hole | undefined) => (hole === this.list[0] ? hole : undefined);
        return [inList(left), inList(right)] as [Hole | undefined, Hole | undefined];
      }
    },
  ),
  "merge-adds-wrongly": wrong(
    "A merge on both sides forgets the size of the hole behind.",
    "complete",
    4,
    {},
    class extends StudentHeap {
      override merged(left: Hole | undefined, block: Hole, right: Hole | undefined) {
        return super.merged(left, block, left === undefined ? right : undefined);
      }
    },
  ),
  "merge-at-wrong-address": wrong(
    "A hole that has merged with the one before it begins where the block was.",
    "inside",
    4,
    {},
    class extends StudentHeap {
      override merged(left: Hole | undefined, block: Hole, right: Hole | undefined) {
        return { ...super.merged(left, block, right), address: block.address };
      }
    },
  ),
  "merged-hole-stays": wrong(
    "Holes that have merged stay in the list.",
    "complete",
    2,
    {},
    class extends StudentHeap {
      override remove() {}
    },
  ),
  "lifo-at-the-back": wrong(
    "A last in, first out list gets its new holes at the back.",
    "order",
    3,
    { order: "lifo" },
    class extends StudentHeap {
      override insert(hole: Hole) {
        this.list.push(hole);
      }
    },
  ),

  // Growing.

  "top-hole-ignored": wrong(
    "The heap grows by the whole block: the hole at its top does not count.",
    "grown",
    2,
    { growable: true },
    class extends StudentHeap {
      override holeAtTop() {
        return undefined;
      }
    },
  ),

  // The realloc.

  "realloc-leaks": wrong(
    "A realloc that moves a block does not free the old one.",
    "complete",
    3,
    {},
    class extends StudentHeap {
      override move(payload: number, request: number) {
        const old = this.sizes.get(payload - this.header)! - this.header;
        const to = this.malloc(request);
        if (to !== null) this.copy(payload, to, Math.min(old, request));
        return to;
      }
    },
  ),
  "realloc-copies-too-little": wrong(
    "A realloc that moves a block leaves its last bytes behind: it takes the header off the payload's size.",
    "contents",
    3,
    { header: 4 },
    class extends StudentHeap {
      override copy(from: number, to: number, bytes: number) {
        super.copy(from, to, bytes - this.header);
      }
    },
  ),
  "realloc-copies-nothing": wrong(
    "A realloc that moves a block does not copy what is in it.",
    "contents",
    3,
    {},
    class extends StudentHeap {
      override copy() {}
    },
  ),
  "realloc-frees-first": wrong(
    "A realloc frees its block before it knows whether there is another place; when there is none, the block is lost.",
    "kept",
    3,
    {},
    class extends StudentHeap {
      override move(payload: number, request: number) {
        const old = this.sizes.get(payload - this.header)! - this.header;
        const kept = this.memory.slice(payload, payload + old);
        this.free(payload);
        const to = this.malloc(request);
        if (to !== null) for (let i = 0; i < Math.min(old, request); i++) this.memory[to + i] = kept[i]!;
        return to;
      }
    },
  ),
  "realloc-always-moves": wrong(
    "A realloc moves a block that could grow where it is.",
    "stays",
    2,
    {},
    class extends StudentHeap {
      override stretch() {
        return false;
      }
    },
  ),
  "realloc-never-shrinks": wrong(
    "A realloc to a smaller size leaves the block as large as it was.",
    "complete",
    2,
    {},
    class extends StudentHeap {
      override shrink() {}
    },
  ),
  "realloc-loses-the-tail": wrong(
    "What a block loses when it shrinks is lost.",
    "complete",
    2,
    {},
    class extends StudentHeap {
      override shrink(address: number, size: number) {
        this.sizes.set(address, size);
      }
    },
  ),
} satisfies Record<string, WrongHeap>;

/** Names a wrong allocator. */
export type WrongHeapName = keyof typeof WRONG_HEAPS;

function wrong(
  fault: string,
  rule: RuleName,
  shortest: number,
  options: StudentHeapOptions,
  Heap: WrongHeap["Heap"],
): WrongHeap {
  return { fault, rule, shortest, options, Heap };
}
