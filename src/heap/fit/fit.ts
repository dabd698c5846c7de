import type { HoleList } from "../order/hole-list";

/** A placement policy: which hole serves a request, and what a linear search would have looked at to find it. */
export interface Fit<List extends HoleList = HoleList> {
  /**
   * Chooses a hole of at least `size` units, or NO_HOLE.
   * @param rover where next fit goes on; NO_HOLE: at the head of the list
   */
  choose(list: List, size: number, rover: number): number;
  /**
   * Records that a linear search looks at before it decides for `hole` (or, with NO_HOLE, gives up).
   * @param holes the length of the list
   * @param size what was searched for, in units
   */
  examined(list: List, hole: number, rover: number, holes: number, size: number): number;
  /** Whether it may choose none although one is large enough. Default false. */
  readonly declines?: boolean;
}
