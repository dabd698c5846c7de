import type { Arena } from "./arena";
import { NO_HOLE } from "./order/hole-list";

/** The state of an `IndexedStore` as plain data, in units. */
export interface State {
  /** Units of each block in address order; negative for a hole. */
  readonly blocks: readonly number[];
  /** First units of the holes in list order. */
  readonly list: readonly number[];
  readonly rover: number;
}

/** Refuses a state whose list does not hold exactly the holes. */
export function checkList(arena: Arena, { list, rover }: State): void {
  const holes = new Set(arena.holeStarts());
  const known = list.every((hole) => holes.has(hole)) && new Set(list).size === list.length;
  if (!known || list.length !== holes.size || (rover !== NO_HOLE && !holes.has(rover))) {
    throw new RangeError("The free list of a snapshot must hold exactly its holes, and this one does not.");
  }
}
