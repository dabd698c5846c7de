import { firstIndex } from "../../base/first-index";
import type { Trace } from "../../trace/trace";
import type { Lifetimes } from "./lifetimes";

/**
 * Lifetimes as often as a program's blocks had them, in random order: each new block draws one, and the block whose
 * lifetime ends first is freed next, the older of two. A lifetime counts the allocations from a block's own (0: freed before the next);
 * blocks that the program never freed outlive all others. O(n) a block with a very small factor, n live blocks.
 */
export function lifetimesFrom(trace: Trace): Lifetimes {
  const lifetimes = lifetimesOf(trace);
  if (lifetimes.length === 0) {
    throw new RangeError(`The trace ${trace.name || "given"} has no malloc: take another trace.`);
  }
  return {
    name: `those of ${trace.name || "a trace"}`,
    start(random) {
      const queue: { id: number; death: number }[] = []; // by death, the next one last
      let allocations = 0;
      return {
        get count() {
          return queue.length;
        },
        add(id) {
          const death = allocations++ + random.choice(lifetimes);
          const place = firstIndex(0, queue.length, (i) => queue[i]!.death <= death);
          queue.splice(place, 0, { id, death });
        },
        take() {
          return queue.pop()!.id;
        },
      };
    },
  };
}

/** How many allocations each block of the trace lived for, in the order of its mallocs; Infinity for those never freed. */
export function lifetimesOf(trace: Trace): number[] {
  const lifetimes: number[] = [];
  const births = new Int32Array(trace.ids);
  for (let i = 0; i < trace.length; i++) {
    const kind = trace.kindAt(i);
    const id = trace.idAt(i);
    if (kind === "malloc") {
      births[id] = lifetimes.length;
      lifetimes.push(Number.POSITIVE_INFINITY);
    } else if (kind === "free") {
      lifetimes[births[id]!] = lifetimes.length - births[id]! - 1;
    }
  }
  return lifetimes;
}
