import type { Arena } from "../arena";
import type { Block } from "../block";
import { bestFit } from "../fit/best";
import { customFit } from "../fit/custom";
import { firstFit } from "../fit/first";
import type { Fit } from "../fit/fit";
import { nextFit } from "../fit/next";
import { worstFit } from "../fit/worst";
import type { OrderName, Policy } from "../options";
import { AddressList } from "./address-list";
import { type HoleList, NO_HOLE } from "./hole-list";
import { RecordList } from "./record-list";

/** Makes the list that a heap searches, holding the given holes, and the fit that searches it. */
export type ListMaker = typeof holeListFor;

/**
 * The list that a policy searches, holding the holes of the arena, and the fit that searches it.
 * @param holes the holes in list order
 * @param blockOf a hole in bytes, for a fit of one's own
 * @param unit bytes of a unit
 */
export function holeListFor(
  policy: Policy,
  arena: Arena,
  holes: readonly number[],
  blockOf: (hole: number) => Block,
  unit: number,
): [HoleList, Fit] {
  const [list, fit] = choose(policy, arena, blockOf, unit);
  const inOrder = policy.order === "lifo" ? [...holes].reverse() : holes;
  for (const hole of inOrder) list.put(hole, arena.sizeAt(hole), NO_HOLE, NO_HOLE);
  return [list, fit];
}

function choose(
  policy: Policy,
  arena: Arena,
  blockOf: (hole: number) => Block,
  unit: number,
): [HoleList, Fit] {
  const order = policy.order as OrderName;
  if (policy.fit === "best") return [new RecordList(arena, order, true), bestFit as Fit];
  if (policy.fit === "worst") return [new RecordList(arena, order, true), worstFit as Fit];
  const list = order === "address" ? new AddressList(arena) : new RecordList(arena, order, false);
  if (policy.fit === "first") return [list, firstFit];
  if (policy.fit === "next") return [list, nextFit];
  return [list, customFit(policy.fit, blockOf, unit)];
}
