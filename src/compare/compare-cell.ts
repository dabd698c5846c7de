import { replay } from "../run/replay";
import type { Trace } from "../trace/trace";
import { arenaFrom, arenaOf, growingHeapOf } from "./compared-policy";
import type { ComparedPolicy } from "./policy-model";
import { peakBlockBytes, type SmallestArena, smallestArena } from "./smallest-arena";

/** What a comparison measures besides the default. */
export interface CompareOptions {
  /**
   * Arenas to try at most for the smallest one that completes, for each trace and policy; 0 leaves it out. Where more would be
   * needed, the table gives an interval. Default 250.
   */
  readonly arenaRuns?: number;
}

/**
 * One trace under one policy. Sizes are in bytes. Plain JSON. The figures belong to three models of the heap: one that
 * grows from nothing (`extent` to `mostHoles`), a fixed arena without a byte to spare (`failures`), and a fixed arena of the
 * size that it takes (`arena`).
 */
export interface ComparedCell {
  /** Operations of the trace. */
  readonly operations: number;
  /** The most bytes that live blocks asked for. */
  readonly peakLive: number;
  /** The most bytes that live blocks asked for, each rounded up to the alignment: the same for every policy of that alignment. */
  readonly peakRounded: number;
  /** The most bytes of live blocks, header and rounding included: what a heap without any loss between blocks would need. */
  readonly peakBlocks: number;
  /** Growing heap: how far up it was used; at least `peakBlocks`. */
  readonly extent: number;
  /** Growing heap: searches of the free list. */
  readonly searches: number;
  /** Growing heap: free-list records examined over all searches. */
  readonly examined: number;
  /** Growing heap: holes after an operation, on average. */
  readonly meanHoles: number;
  /** Growing heap: the most holes after any operation. */
  readonly mostHoles: number;
  /** Requests denied in a fixed arena of `peakBlocks` bytes, or the next size that such a heap can have. */
  readonly failures: number;
  /** The smallest fixed arena that completes; null when it was left out. */
  readonly arena: SmallestArena | null;
}

/** Replays `trace` under `policy` in each of the models. */
export function compareCell(
  trace: Trace,
  policy: ComparedPolicy,
  options: CompareOptions = {},
): ComparedCell {
  const arenaRuns = options.arenaRuns ?? 250;
  const peakBlocks = peakBlockBytes(trace, policy);
  const growing = replay(trace, growingHeapOf(policy), { statistics: true });
  const tight = replay(trace, arenaOf(policy, arenaFrom(policy, peakBlocks)));
  return {
    operations: trace.length,
    peakLive: trace.peakLive,
    peakRounded: peakBlockBytes(trace, { ...policy, kind: "free-list", header: 0 }),
    peakBlocks,
    extent: growing.highWater,
    searches: growing.searches!,
    examined: growing.examined!,
    meanHoles: growing.meanHoles!,
    mostHoles: growing.mostHoles!,
    failures: tight.failures,
    arena: arenaRuns > 0 ? smallestArena(trace, policy, arenaRuns) : null,
  };
}
