import type { SizedHoleList } from "../order/hole-list";
import type { Fit } from "./fit";

/**
 * Worst fit: the largest hole, of several the first in the list. A linear search looks at every record (Wilson et al. 1995,
 * section 3.5).
 */
export const worstFit: Fit<SizedHoleList> = {
  choose: (list, size) => list.largest(size),
  examined: (_list, _hole, _rover, holes) => holes,
};
