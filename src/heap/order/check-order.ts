import type { Block } from "../block";
import { broken } from "../check-heap";
import type { Policy } from "../options";

/** Asserts that holes stand in the order of their list; the orders of arrival leave no trace to check. */
export function checkOrder(order: Policy["order"], holes: Iterable<Block>): void {
  if (order === "lifo" || order === "fifo") return;
  let last: Block | null = null;
  for (const hole of holes) {
    if (last !== null) {
      const bySize = order === "size-descending" ? last.size - hole.size : hole.size - last.size;
      const byAddress = hole.address - last.address;
      if (!(order === "address" ? byAddress > 0 : bySize > 0 || (bySize === 0 && byAddress > 0))) {
        broken(`the holes at ${last.address} and ${hole.address} are not in order "${order}"`);
      }
    }
    last = hole;
  }
}
