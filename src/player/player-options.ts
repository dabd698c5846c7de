/**
 * How the cells of the heap are coloured.
 * - `"original"`: allocated black, free white, as the original program drew it.
 * - `"block"`: each allocation in one of six colours, so that neighbours can be told apart.
 * - `"age"`: by the steps since the block was allocated, on one scale from new to old.
 * - `"size"`: by the size of the block, on one logarithmic scale.
 */
export type PlayerColour = "original" | "block" | "age" | "size";

/**
 * A folding part below the heap, or beside it where there is room.
 * - `"why"`: why this block? The decision of the present operation, in steps to walk through, each of them marked in the picture,
 *   in the strip and in the free list; and what the other fits would have chosen.
 * - `"strip"`: the heap as one strip in address order, and the free list in list order with arrows into it.
 * - `"metrics"`: the metrics over time, with a cursor.
 * - `"space-time"`: time across, addresses down, each block's life a rectangle.
 */
export type PlayerPanel = "why" | "strip" | "metrics" | "space-time";

/** What a player starts with; its user can change all of it but `maxCells`. Every option has a default. */
export interface PlayerOptions {
  /** Default `"block"`; `"original"` for runs of the original program's heap alone. */
  readonly colour?: PlayerColour;
  /**
   * Steps per second while playing, more than 0. Default 8 for a run of up to 240 steps; a longer one plays as a whole in 30
   * seconds. Above the screen's rate, steps are skipped.
   */
  readonly speed?: number;
  /** Seconds in which the whole run plays, more than 0: instead of `speed`. */
  readonly duration?: number;
  /** Whether playing rests on notable steps (split, merge, denied, refused): shows each three times as long. Default false. */
  readonly rest?: boolean;
  /** The panels that are open from the start. Default: none, a calm page. */
  readonly panels?: readonly PlayerPanel[];
  /**
   * The step that is shown first, 0 (before the first operation) to the number of steps; `"end"` is the last. Default: the last,
   * or, where nearly all is free by then, the one with the most memory allocated; playing starts from step 0 all the same.
   */
  readonly step?: number | "end";
  /** Most cells of the heat map, from 64 on; a heap of more pages is aggregated. Default 16,384. */
  readonly maxCells?: number;
}
