import { firstIndex } from "../../base/first-index";
import type { Block, Extent } from "../../heap/block";
import type { Order } from "../../heap/orders";

/** The index at which a new hole joins a list in this order, which does not have it yet. */
export function placeOf({ compare, newest }: Order, list: readonly Extent[], hole: Extent): number {
  const atFront = newest === "front";
  if (compare === undefined) return atFront ? 0 : list.length;
  return firstIndex(0, list.length, (i) => {
    const order = compare(list[i]!, hole);
    return atFront ? order >= 0 : order > 0;
  });
}

/**
 * The list after holes have merged: each in the foremost place of its parts or, where the list is sorted, joined anew, the one at the
 * lowest address first.
 * @param merged the holes as they are now, by address, in address order
 * @param into the address of the one that each hole has gone into
 */
export function mergedList(
  { compare }: Order,
  list: readonly Block[],
  merged: ReadonlyMap<number, Block>,
  into: ReadonlyMap<number, number>,
): Block[] {
  if (compare) {
    const others = list.filter(({ address }) => !into.has(address));
    return [...[...merged.values()].reverse(), ...others].sort(compare);
  }
  const now: Block[] = [];
  const seen = new Set<number>();
  for (const hole of list) {
    const address = into.get(hole.address);
    if (address === undefined) now.push(hole);
    else if (!seen.has(address)) {
      seen.add(address);
      now.push(merged.get(address)!);
    }
  }
  return now;
}
