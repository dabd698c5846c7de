import { firstIndex } from "../base/first-index";
import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";

/** A rule for which live block is freed when one must be. */
export interface Lifetimes {
  /** What it is, for a trace's source: "first in, first out". */
  readonly name: string;
  /** A collection, empty at first, of live blocks that are taken out by this rule. */
  start(random: Random): LiveBlocks;
}

/** The live blocks of a workload, each named by its id, in the order in which they will be freed. */
export interface LiveBlocks {
  /** Number of blocks in the collection. */
  readonly count: number;
  /** Adds a block that was allocated just now. */
  add(id: number): void;
  /** Takes out the block that is freed next. There must be one. */
  take(): number;
}

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
