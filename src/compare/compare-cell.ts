import { ReplaySink } from "../run/replay-sink";
import { BlockBytes } from "./block-bytes";
import { arenaFrom, arenaOf, blockBytes, growingHeapOf } from "./compared-policy";
import { type Passes, together } from "./passes";
import type { ComparedPolicy } from "./policy-model";
import { failingByGrowth, type SmallestArena, searchArena } from "./smallest-arena";

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

/** Replays a trace under `policy` in each of the models. */
export function* measurePolicy(policy: ComparedPolicy, options: CompareOptions = {}): Passes<ComparedCell> {
  const arenaRuns = options.arenaRuns ?? 250;
  const live = new BlockBytes((request) => request);
  const rounded = new BlockBytes((request) =>
    blockBytes({ ...policy, kind: "free-list", header: 0 }, request),
  );
  const blocks = new BlockBytes((request) => blockBytes(policy, request));
  const heap = growingHeapOf(policy);
  const failing = failingByGrowth(heap, policy);
  const growing = new ReplaySink(heap, { statistics: true });
  growing.begin();
  yield together(live, rounded, blocks, growing);
  const tight = new ReplaySink(arenaOf(policy, arenaFrom(policy, blocks.peak)));
  yield tight;
  const arena = arenaRuns > 0 ? yield* searchArena(policy, blocks, failing, arenaRuns) : null;
  const result = growing.result("", true);
  return {
    operations: live.operations,
    peakLive: live.peak,
    peakRounded: rounded.peak,
    peakBlocks: blocks.peak,
    extent: result.highWater,
    searches: result.searches!,
    examined: result.examined!,
    meanHoles: result.meanHoles!,
    mostHoles: result.mostHoles!,
    failures: tight.result("", true).failures,
    arena,
  };
}
