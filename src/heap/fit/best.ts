import type { SizedHoleList } from "../order/hole-list";
import type { Fit } from "./fit";

/**
 * Best fit: the smallest hole that is large enough, of several the first in the list. A linear search looks at every record
 * (Wilson et al. 1995, section 3.5).
 */
export const bestFit: Fit<SizedHoleList> = {
  choose: (list, size) => list.smallest(size),
  examined: (_list, _hole, _rover, holes) => holes,
};
