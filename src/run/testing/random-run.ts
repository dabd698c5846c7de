import type { Heap } from "../../heap/heap";

/** Numbers from 0 to below 1 by a linear congruence: the same for the same seed. */
function testRandom(seed: number): () => number {
  let state = (seed * 2654435761) % 4294967296;
  return () => {
    state = (1664525 * state + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/**
 * `steps` operations on `heap`: mallocs, frees of live blocks, failing frees and, where wished, reallocs. Each of them is one
 * recorded step.
 */
export function randomRun(
  heap: Heap,
  steps: number,
  seed: number,
  { reallocs = true, most = 120, keep = 0.55 } = {},
): void {
  const random = testRandom(seed);
  const live: number[] = [];
  for (let i = 0; i < steps; i++) {
    const x = random();
    const size = Math.floor(random() * most) + 1;
    const at = Math.floor(random() * live.length);
    if (x < keep || live.length === 0) {
      const address = heap.malloc(size);
      if (address !== null) live.push(address);
    } else if (x < keep + 0.03) {
      heap.free(heap.base + size);
      // A number that happens to be a block's address frees it.
      const index = live.indexOf(heap.base + size);
      if (index >= 0) live.splice(index, 1);
    } else if (reallocs && x < keep + 0.12) {
      const moved = heap.realloc(live[at]!, size);
      if (moved !== null) live[at] = moved;
    } else {
      heap.free(live[at]!);
      live.splice(at, 1);
    }
  }
}
