import { checkNumber } from "../base/wrong-argument";
import type { Heap } from "../heap/heap";
import type { Operation } from "../trace/operation";
import { type Trace, TraceBuilder } from "../trace/trace";

/** @see smallThenLarge */
export interface SmallThenLargeOptions {
  /** Small blocks; at least 2. */
  readonly count: number;
  /** Bytes of a small block; at least 1. */
  readonly small: number;
  /** Bytes of a large block; above `small`. Default twice `small`. */
  readonly large?: number;
}

/**
 * The attack by which a heap half empty cannot serve a request a little larger than before: `count` small blocks are
 * allocated, every second one is freed, and then as many large blocks are asked for as would fill the freed bytes. Where
 * the small blocks lie side by side, no hole holds a large one: a heap of `count · small` bytes denies all of them, and a
 * growable one grows by half. No allocator that cannot move blocks escapes this in general (Robson 1971).
 */
export function smallThenLarge({ count, small, large = 2 * small }: SmallThenLargeOptions): Trace {
  checkNumber("options.count", count, 2, "give the number of small blocks");
  checkNumber("options.small", small, 1, "give the bytes of a small block");
  checkNumber("options.large", large, small + 1, "a large block is larger than a small one");
  const source = `${count} blocks of ${small} bytes, every second one freed, then blocks of ${large} bytes`;
  const builder = new TraceBuilder({ name: "small then large", source });
  for (let id = 0; id < count; id++) builder.malloc(id, small);
  let freed = 0;
  for (let id = 0; id < count; id += 2) {
    builder.free(id);
    freed += small;
  }
  for (let i = 0; i < Math.floor(freed / large); i++) builder.malloc(count + i, large);
  return builder.build();
}

/**
 * A workload that looks at where the heap puts its blocks: a generator of operations that is given the address of each
 * malloc and realloc, null when it was denied, and null after a free. It names no block whose malloc was denied.
 */
export type AdaptiveWorkload = Generator<Operation, void, number | null>;

/**
 * Runs `workload` on `heap` and returns what it did: a trace which, on an empty heap of the same policy, does the same
 * again. Denied requests are not part of it.
 */
export function drive(workload: AdaptiveWorkload, heap: Heap, name = "adaptive"): Trace {
  const source = `adapted to ${heap.describe().kind} ${JSON.stringify(heap.describe().options)}`;
  const builder = new TraceBuilder({ name, source });
  const addresses = new Map<number, number>();
  let turn = workload.next();
  while (!turn.done) {
    const operation = turn.value;
    const answer = serve(operation, heap, addresses);
    if (operation.kind === "free" || answer !== null) builder.push(operation);
    turn = workload.next(answer);
  }
  return builder.build();
}

/** Does `operation` on `heap`, whose blocks lie at `addresses`; the new address, or null. */
function serve(operation: Operation, heap: Heap, addresses: Map<number, number>): number | null {
  const { kind, id } = operation;
  const address = addresses.get(id) ?? null;
  if (kind === "free") {
    heap.free(address);
    addresses.delete(id);
    return null;
  }
  const answer = kind === "malloc" ? heap.malloc(operation.size) : heap.realloc(address, operation.size);
  if (answer !== null) addresses.set(id, answer);
  return answer;
}

/** @see robsonAdversary */
export interface RobsonOptions {
  /** The most bytes that are live at any time: M. A multiple of `largest`. */
  readonly live: number;
  /** The largest request in bytes: n. A power of two. */
  readonly largest: number;
}

/** A live block of the adversary, where the heap put it. */
interface Placed {
  readonly address: number;
  readonly size: number;
}

/**
 * Robson's adversary (An estimate of the store size necessary for dynamic storage allocation. JACM 18, 1971; Bounds for
 * some functions concerning dynamic storage allocation. JACM 21, 1974): requests of powers of two, never more than M
 * bytes live, that force any allocator which cannot move blocks to use at least `robsonBound` bytes.
 *
 * It starts with M blocks of a byte. Then for every power of two s up to n it picks a residue f modulo s, keeps the blocks
 * that cover an address ≡ f (mod s), so that no run of s free bytes avoids them, frees the others, and asks for blocks of
 * s bytes while M allows. Of the two residues that continue the last one it takes the one whose blocks waste more.
 *
 * The bound is for a heap without header and rounding (page size 1), with room to grow. Where a request is denied, the
 * adversary stops.
 */
export function* robsonAdversary(options: RobsonOptions): AdaptiveWorkload {
  const { live: limit, largest } = checked(options);
  const blocks = new Map<number, Placed>();
  let live = 0;
  let nextId = 0;
  let residue = 0;
  for (let size = 1; size <= largest; size *= 2) {
    if (size > 1) {
      const other = residue + size / 2;
      if (waste(blocks, other, size) > waste(blocks, residue, size)) residue = other;
      for (const [id, block] of blocks) {
        if (covers(block, residue, size)) continue;
        yield { kind: "free", id };
        blocks.delete(id);
        live -= block.size;
      }
    }
    for (; live + size <= limit; live += size) {
      const address = yield { kind: "malloc", id: nextId, size };
      if (address === null) return;
      blocks.set(nextId++, { address, size });
    }
  }
}

/**
 * Bytes that Robson's adversary forces every allocator to use: M · (1 + ½ · log2 n) − n + 1. While all requests are
 * powers of two, some allocator gets by with them.
 */
export function robsonBound(options: RobsonOptions): number {
  const { live, largest } = checked(options);
  return live * (1 + Math.log2(largest) / 2) - largest + 1;
}

/** Whether `block` covers an address that is `residue` modulo `size`. */
function covers(block: Placed, residue: number, size: number): boolean {
  const distance = (((residue - block.address) % size) + size) % size;
  return distance < block.size;
}

/** Bytes of the blocks' shares of `size` that a block of `size` could not use beside them. */
function waste(blocks: ReadonlyMap<number, Placed>, residue: number, size: number): number {
  let sum = 0;
  for (const block of blocks.values()) if (covers(block, residue, size)) sum += size - block.size;
  return sum;
}

function checked(options: RobsonOptions): RobsonOptions {
  const { live, largest } = options;
  checkNumber("options.largest", largest, 1, "give a power of two");
  if (!Number.isInteger(Math.log2(largest))) {
    throw new RangeError(`options.largest is a power of two, not ${largest}: take the next one.`);
  }
  checkNumber("options.live", live, largest, "give at least the largest request");
  if (live % largest !== 0) {
    throw new RangeError(
      `options.live is a multiple of options.largest, not ${live} of ${largest}: round it up.`,
    );
  }
  return options;
}
