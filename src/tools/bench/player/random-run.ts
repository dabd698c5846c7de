import type { FreeList } from "../../../heap/free-list";
import type { Random } from "../../../random/random";
import { History } from "../../../run/history";

/**
 * A recorded run of random calls: blocks of 16 to `largest` bytes, and frees of any block.
 * @param allocates whether the next call is a malloc, with so many blocks live; true when there is none
 */
export function randomRun(
  heap: FreeList,
  steps: number,
  random: Random,
  allocates: (live: number) => boolean,
  largest: number,
): History {
  const history = History.of(heap);
  const live: number[] = [];
  while (history.length < steps) {
    if (allocates(live.length)) {
      const address = heap.malloc(16 + Math.floor(random.random() * (largest - 15)));
      if (address !== null) live.push(address);
    } else {
      const at = Math.floor(random.random() * live.length);
      heap.free(live[at]!);
      live[at] = live.at(-1)!;
      live.pop();
    }
  }
  return history.stop();
}
