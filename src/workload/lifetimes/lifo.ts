import type { Lifetimes } from "./lifetimes";

/** The youngest block is freed first, as a stack of calls frees what each call allocated. O(1). */
export const lifoLifetimes: Lifetimes = Object.freeze<Lifetimes>({
  name: "last in, first out",
  start() {
    const live: number[] = [];
    return {
      get count() {
        return live.length;
      },
      add(id) {
        live.push(id);
      },
      take() {
        return live.pop()!;
      },
    };
  },
});
