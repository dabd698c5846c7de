/**
 * How the cells of the heap are coloured.
 * - `"original"`: allocated black, free white, as the original program drew it.
 * - `"block"`: each allocation in one of six colours, so that neighbours can be told apart.
 * - `"age"`: by the steps since the block was allocated, on one scale from new to old.
 * - `"size"`: by the size of the block, on one logarithmic scale.
 */
export type PlayerColour = "original" | "block" | "age" | "size";

/**
 * A folding part below the heap.
 * - `"strip"`: the heap as one strip in address order, and the free list in list order with arrows into it.
 * - `"metrics"`: the metrics over time, with a cursor.
 * - `"space-time"`: time across, address up, each block's life a rectangle.
 */
export type PlayerPanel = "strip" | "metrics" | "space-time";

/** What a player starts with; its user can change all of it but `maxCells`. Every option has a default. */
export interface PlayerOptions {
  /** Default `"original"`. */
  readonly colour?: PlayerColour;
  /** Steps per second while playing, more than 0. Default 8. Above the screen's rate, steps are skipped. */
  readonly speed?: number;
  /** Whether playing rests longer on notable steps (split, merge, failure). Default true. */
  readonly rest?: boolean;
  /** The panels that are open from the start. Default: none, a calm page. */
  readonly panels?: readonly PlayerPanel[];
  /** The step that is shown first, 0 (before the first operation) to the number of steps; default 0, `"end"` the last. */
  readonly step?: number | "end";
  /** Most cells of the heat map, from 64 on; a heap of more pages is aggregated. Default 16,384. */
  readonly maxCells?: number;
}
