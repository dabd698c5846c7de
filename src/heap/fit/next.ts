import { type HoleList, NO_HOLE } from "../order/hole-list";
import type { Fit } from "./fit";

/**
 * Next fit: like first fit, but the search starts at the rover and wraps around at the end of the list (Knuth, TAOCP 1,
 * 2.5, exercise 6).
 */
export const nextFit: Fit = {
  choose(list: HoleList, size: number, rover: number): number {
    if (rover !== NO_HOLE) {
      const hole = list.first(size, rover);
      if (hole !== NO_HOLE) return hole;
    }
    return list.first(size);
  },
  examined(list, hole, rover, holes) {
    if (hole === NO_HOLE) return holes;
    const start = rover === NO_HOLE ? 0 : list.rank(rover);
    return ((list.rank(hole) - start + holes) % holes) + 1;
  },
};
