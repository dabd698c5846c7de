import type { Block } from "../heap/block";
import type { Mark } from "./marks";

/**
 * How much of an operation has happened, where a run is shown in the middle of one. All of it has happened at the step that it
 * leads to.
 */
export interface Progress {
  /** Whether the block that the operation gives is there. */
  readonly begun: boolean;
  /** Whether the block that the operation takes back is gone. */
  readonly ended: boolean;
  /** Whether the heap has grown. */
  readonly grown: boolean;
}

/** What is shown of a run besides its heap at a step. */
export interface Look {
  /** The addresses that are marked; of marks that overlap, the later one lies above. */
  readonly marks: readonly Mark[];
  /** The record of the list that is marked; null for none. */
  readonly record: number | null;
  /** The list in the middle of the step's operation; null for the free list as the step leaves it. */
  readonly list: readonly Block[] | null;
  /** How much of the step's operation has happened; null for all of it. */
  readonly progress: Progress | null;
}

/** The heap as a step leaves it, and nothing marked. */
export const WHOLE: Look = { marks: [], record: null, list: null, progress: null };
