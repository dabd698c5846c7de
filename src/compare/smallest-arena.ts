import type { HeapEvent } from "../heap/event";
import { searchOf } from "../run/event-summary";
import { Replay } from "../run/replay";
import type { ReplayResult } from "../run/replay-options";
import type { Trace } from "../trace/trace";
import { arenaFrom, arenaOf, blockBytes, growingHeapOf } from "./compared-policy";
import { LargerArena, largerArenaRule } from "./larger-arena";
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
  const failing = failingByGrowth(trace, policy);
  const next = (from: number): number => {
    const size = arenaFrom(policy, from);
    const outside = failing.firstOutside(size);
    return outside === size ? size : next(outside);
  };
  let runs = 0;
  const completes = (size: number): boolean => {
    runs++;
    return tryArena(trace, policy, size, failing).failures === 0;
  };
  let size = next(peakBlockBytes(trace, policy));
  const ceiling = Math.max(size, arenaFrom(policy, 4 * allBlockBytes(trace, policy)));
  while (runs < maxRuns && size <= ceiling) {
    if (completes(size)) return { bytes: size, failsBelow: size, exact: true, runs };
    size = next(size);
  }
  const bytes = size > ceiling ? null : someArena(policy, size, ceiling, completes);
  return { bytes, failsBelow: size, exact: bytes === size, runs };
}

/** Runs `trace` in an arena of `size` bytes to its first failure; adds to `failing` what that excludes. */
function tryArena(trace: Trace, policy: ComparedPolicy, size: number, failing: SizeSet): ReplayResult {
  const heap = arenaOf(policy, size);
  const larger = new LargerArena(heap, policy);
  const unwatch = larger.watch();
  const result = new Replay(trace, heap, { stopAtFailure: true }).advance();
  unwatch();
  if (result.failures > 0) larger.addFailing(failing);
  return result;
}

/** Some arena that completes: away from `from` in growing strides, then back in halves. Null when none does. */
function someArena(
  policy: ComparedPolicy,
  from: number,
  ceiling: number,
  completes: (size: number) => boolean,
): number | null {
  let low = from;
  let high = from;
  for (let stride = 1; !completes(high); stride *= 2) {
    if (high >= ceiling) return null;
    low = high;
    high = Math.min(ceiling, arenaFrom(policy, high + Math.max(stride, high / 32)));
  }
  for (let i = 0; i < 16; i++) {
    const middle = arenaFrom(policy, (low + high) / 2);
    if (middle >= high) break;
    if (completes(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Arenas in which a fit that takes the top hole last (first fit) is sure to fail, in address order with immediate coalescing, from
 * one run in a heap that grows.
 *
 * Let the top of the growing heap go from `a` to `b` to serve a request. An arena of at least `a` bytes has gone through the
 * same states until then: its top hole, the last in the list, was taken only where the heap would have grown. If the request
 * is a malloc, no hole served it, and an arena of less than `b` bytes has no room at its top either: it fails. If it is a
 * realloc in place, such an arena moves the block elsewhere, and nothing is known. Without reallocs this leaves one size: the
 * peak extent itself.
 */
function failingByGrowth(trace: Trace, policy: ComparedPolicy): SizeSet {
  const failing = new SizeSet();
  if (!largerArenaRule(policy)?.topHoleLast) return failing;
  const heap = growingHeapOf(policy);
  const unwatch = heap.listen((event: HeapEvent) => {
    const search = searchOf(event);
    if (search !== null && search.grown > 0) failing.add(heap.capacity - search.grown, heap.capacity);
  });
  new Replay(trace, heap).advance();
  unwatch();
  return failing;
}

/** The most bytes of blocks, header and rounding included, that are live at once: no smaller arena can complete. */
export function peakBlockBytes(trace: Trace, policy: ComparedPolicy): number {
  const sizes = new Float64Array(trace.ids);
  let [live, peak] = [0, 0];
  for (let i = 0; i < trace.length; i++) {
    const id = trace.idAt(i);
    const size = trace.kindAt(i) === "free" ? 0 : blockBytes(policy, trace.sizeAt(i));
    live += size - sizes[id]!;
    sizes[id] = size;
    if (live > peak) peak = live;
  }
  return peak;
}

/** Bytes of all blocks that a trace ever asks for: enough for them to lie side by side. */
function allBlockBytes(trace: Trace, policy: ComparedPolicy): number {
  let bytes = 0;
  for (let i = 0; i < trace.length; i++) {
    if (trace.kindAt(i) !== "free") bytes += blockBytes(policy, trace.sizeAt(i));
  }
  return bytes;
}
