import type { Lifetimes } from "./lifetimes";

/**
 * Every live block is equally likely to be freed next, whatever its age (Knuth, TAOCP 1, section 2.5): in a steady state
 * of n blocks, lifetimes are geometric with a mean of n allocations. O(1).
 */
export const randomLifetimes: Lifetimes = Object.freeze<Lifetimes>({
  name: "random",
  start(random) {
    const live: number[] = [];
    return {
      get count() {
        return live.length;
      },
      add(id) {
        live.push(id);
      },
      take() {
        const at = random.randint(0, live.length);
        const id = live[at]!;
        live[at] = live[live.length - 1]!;
        live.pop();
        return id;
      },
    };
  },
});
