import type { Random } from "../../random/random";

/** A rule for which live block is freed when one must be. */
export interface Lifetimes {
  /** What it is, for a trace's source: "first in, first out". */
  readonly name: string;
  /** A collection, empty at first, of live blocks that are taken out by this rule. */
  start(random: Random): LiveBlocks;
}

/** The live blocks of a workload, each named by its id, in the order in which they will be freed. */
export interface LiveBlocks {
  /** Number of blocks in the collection. */
  readonly count: number;
  /** Adds a block that was allocated just now. */
  add(id: number): void;
  /** Takes out the block that is freed next. There must be one. */
  take(): number;
}
