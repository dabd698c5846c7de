import type { Lifetimes } from "./lifetimes";

/**
 * The oldest block is freed first, as a queue's messages are; all blocks live equally long while their number is steady
 * (Shore: Anomalous behavior of the fifty-percent rule in dynamic memory allocation. CACM 20, 1977). O(1) on average.
 */
export const fifoLifetimes: Lifetimes = Object.freeze<Lifetimes>({
  name: "first in, first out",
  start() {
    let live: number[] = [];
    let taken = 0;
    return {
      get count() {
        return live.length - taken;
      },
      add(id) {
        live.push(id);
      },
      take() {
        const id = live[taken++]!;
        if (taken > 1000 && 2 * taken > live.length) {
          live = live.slice(taken);
          taken = 0;
        }
        return id;
      },
    };
  },
});
