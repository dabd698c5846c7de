import { type HoleList, NO_HOLE } from "../order/hole-list";
import type { Fit } from "./fit";

/** First fit: the first hole in the list that is large enough (Knuth, TAOCP 1, 2.5, algorithm A). */
export const firstFit: Fit = {
  choose: (list: HoleList, size: number) => list.first(size),
  examined: (list, hole, _rover, holes) => (hole === NO_HOLE ? holes : list.rank(hole) + 1),
};
