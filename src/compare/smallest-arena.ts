import type { HeapEvent } from "../heap/event";
import type { Heap } from "../heap/heap";
import { searchOf } from "../run/event-summary";
import { ReplaySink } from "../run/replay-sink";
import type { Trace } from "../trace/trace";
import { BlockBytes } from "./block-bytes";
import { arenaFrom, arenaOf, blockBytes, growingHeapOf } from "./compared-policy";
import { LargerArena, largerArenaRule } from "./larger-arena";
import { type Passes, passOver, together } from "./passes";
import type { ComparedPolicy } from "./policy-model";
import { SizeSet } from "./size-set";

/** The smallest fixed arena in which a trace completes under a policy: nothing is denied. All sizes are in bytes. */
export interface SmallestArena {
  /** The smallest arena known to complete; null when none was found. */
  readonly bytes: number | null;
  /** Every smaller arena is known to fail below this size. */
  readonly failsBelow: number;
  /** Whether `bytes` is the smallest: `bytes === failsBelow`. Otherwise sizes between the two are not excluded. */
  readonly exact: boolean;
  /** Arenas that were tried by running the trace in them. */
  readonly runs: number;
}

/**
 * The smallest fixed arena in which `trace` completes under `policy`, among those that the policy can have (`arenaFrom`).
 *
 * An arena that completes does not mean that a larger one does, so sizes cannot be bisected: under best fit, the nine
 * operations of `NOT_MONOTONE` in this file's test complete in 144 to 192 bytes and in 224, but not in 208, where a tie
 * between the top hole and another sends a small block into the other. The search goes upward instead, from the bytes of
 * the blocks that are live at once, below which nothing can complete, and tries every size that no argument excludes: see
 * `LargerArena` for what a failed run says about larger arenas, and `failingByGrowth` for first fit. When `maxRuns` arenas
 * have been tried, the answer is an interval: some larger arena that completes, and the size below which all are known to
 * fail. The number of runs, not their time, is limited, so that the answer is the same everywhere.
 * @param maxRuns arenas to try from below, at least 1; up to 64 more are tried to find one that completes.
 */
export function smallestArena(trace: Trace, policy: ComparedPolicy, maxRuns: number): SmallestArena {
  return passOver(trace, smallestArenaPasses(policy, maxRuns));
}

function* smallestArenaPasses(policy: ComparedPolicy, maxRuns: number): Passes<SmallestArena> {
  const blocks = new BlockBytes((request) => blockBytes(policy, request));
  const heap = growingHeapOf(policy);
  const failing = failingByGrowth(heap, policy);
  yield together(blocks, new ReplaySink(heap));
  return yield* searchArena(policy, blocks, failing, maxRuns);
}

/**
 * The search of `smallestArena`: a pass for each arena that is tried.
 * @param blocks what the trace's blocks need
 * @param failing arenas that are known to fail; more are added
 */
export function* searchArena(
  policy: ComparedPolicy,
  blocks: BlockBytes,
  failing: SizeSet,
  maxRuns: number,
): Passes<SmallestArena> {
  const next = (from: number): number => {
    const size = arenaFrom(policy, from);
    const outside = failing.firstOutside(size);
    return outside === size ? size : next(outside);
  };
  let runs = 0;
  function* completes(size: number): Passes<boolean> {
    runs++;
    return yield* tryArena(policy, size, failing);
  }
  let size = next(blocks.peak);
  const ceiling = Math.max(size, arenaFrom(policy, 4 * blocks.all));
  while (runs < maxRuns && size <= ceiling) {
    if (yield* completes(size)) return { bytes: size, failsBelow: size, exact: true, runs };
    size = next(size);
  }
  const bytes = size > ceiling ? null : yield* someArena(policy, size, ceiling, completes);
  return { bytes, failsBelow: size, exact: bytes === size, runs };
}

/** Runs a trace in an arena of `size` bytes to its first failure; adds to `failing` what that excludes. @returns whether it completes */
function* tryArena(policy: ComparedPolicy, size: number, failing: SizeSet): Passes<boolean> {
  const heap = arenaOf(policy, size);
  const larger = new LargerArena(heap, policy);
  const unwatch = larger.watch();
  const run = new ReplaySink(heap, { stopAtFailure: true });
  yield run;
  unwatch();
  if (run.done) larger.addFailing(failing);
  return !run.done;
}

/** Some arena that completes: away from `from` in growing strides, then back in halves. Null when none does. */
function* someArena(
  policy: ComparedPolicy,
  from: number,
  ceiling: number,
  completes: (size: number) => Passes<boolean>,
): Passes<number | null> {
  let low = from;
  let high = from;
  for (let stride = 1; !(yield* completes(high)); stride *= 2) {
    if (high >= ceiling) return null;
    low = high;
    high = Math.min(ceiling, arenaFrom(policy, high + Math.max(stride, high / 32)));
  }
  for (let i = 0; i < 16; i++) {
    const middle = arenaFrom(policy, (low + high) / 2);
    if (middle >= high) break;
    if (yield* completes(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Arenas in which a fit that takes the top hole last (first fit) is sure to fail, in address order with immediate coalescing, from
 * one run in `growing`, an empty heap that grows: they are added while it runs.
 *
 * Let the top of the growing heap go from `a` to `b` to serve a request. An arena of at least `a` bytes has gone through the
 * same states until then: its top hole, the last in the list, was taken only where the heap would have grown. If the request
 * is a malloc, no hole served it, and an arena of less than `b` bytes has no room at its top either: it fails. If it is a
 * realloc in place, such an arena moves the block elsewhere, and nothing is known. Without reallocs this leaves one size: the
 * peak extent itself.
 */
export function failingByGrowth(growing: Heap, policy: ComparedPolicy): SizeSet {
  const failing = new SizeSet();
  if (!largerArenaRule(policy)?.topHoleLast) return failing;
  growing.listen((event: HeapEvent) => {
    const search = searchOf(event);
    if (search !== null && search.grown > 0) failing.add(growing.capacity - search.grown, growing.capacity);
  });
  return failing;
}
