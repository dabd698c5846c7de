import type { Arena } from "./arena";
import { BitSet } from "./index/bit-set";
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
export function checkList(arena: Arena, { blocks, list, rover }: State): void {
  let holes = 0;
  for (const size of blocks) if (size < 0) holes++;
  const seen = new BitSet(arena.units + 1);
  let known = rover === NO_HOLE || isHole(arena, rover);
  for (const hole of list) {
    known &&= isHole(arena, hole) && !seen.has(hole);
    if (!known) break;
    seen.add(hole);
  }
  if (!known || list.length !== holes) {
    throw new RangeError("The free list of a snapshot must hold exactly its holes, and this one does not.");
  }
}

function isHole(arena: Arena, unit: number): boolean {
  return Number.isInteger(unit) && unit >= 0 && unit < arena.units && arena.holes.has(unit);
}
