import { checkNumber } from "../base/wrong-argument";
import { FreeList } from "../heap/free-list";
import { searchOf } from "../run/event-summary";
import type { Trace } from "../trace/trace";

/** @see replayWithCaches */
export interface SizeCachesOptions {
  /** Freed blocks that the cache of one size keeps; at least 0, which is no cache. Default 7, as in glibc. */
  readonly depth?: number;
  /** Largest request in bytes whose block is kept. Default 1032, as in glibc on 64 bits. */
  readonly largest?: number;
}

/** What became of a trace behind caches. */
export interface CachedReplay {
  /** Requests: mallocs, and reallocs that had to go elsewhere. */
  readonly requests: number;
  /** Of these, those that a cache served: nothing was searched, split or merged. */
  readonly hits: number;
  /** Free-list records that the heap behind the caches examined for the others. */
  readonly records: number;
  /** Bytes that the heap grew to. */
  readonly memory: number;
}

/**
 * Replays a trace on first fit, behind a model of the caches of a C allocator (glibc's tcache): for every size in multiples of 16 bytes a
 * stack of the blocks of that size that were freed last. A request takes the top of its stack; only when that is empty does it reach the heap.
 * A freed block goes back to the heap only when its stack is full; until then it counts as allocated there, and merges with nothing.
 * A realloc within the same multiple of 16 stays; any other is a request and a free.
 * @throws RangeError or TypeError for an option that is not allowed
 */
export function replayWithCaches(trace: Trace, options: SizeCachesOptions = {}): CachedReplay {
  const { depth = 7, largest = 1032 } = options;
  checkNumber("options.depth", depth, 0, "give 0 for no caches");
  checkNumber("options.largest", largest, 0, "give the largest request whose block is kept");
  const heap = new FreeList(0, 16, { growable: true });
  const caches = new Map<number, number[]>();
  const addresses = new Float64Array(trace.ids);
  const sizes = new Float64Array(trace.ids);
  let [requests, hits, records] = [0, 0, 0];
  const unwatch = heap.listen((event) => {
    records += searchOf(event)?.examined ?? 0;
  });
  const roundUp = (size: number) => Math.max(16, Math.ceil(size / 16) * 16);
  const take = (size: number): number => {
    requests++;
    const kept = caches.get(size)?.pop();
    if (kept === undefined) return heap.malloc(size)!;
    hits++;
    return kept;
  };
  const give = (address: number, size: number) => {
    const cache = caches.get(size) ?? [];
    if (size > roundUp(largest) || cache.length >= depth) heap.free(address);
    else caches.set(size, [...cache, address]);
  };
  for (let i = 0; i < trace.length; i++) {
    const [kind, id] = [trace.kindAt(i), trace.idAt(i)];
    const size = roundUp(trace.sizeAt(i));
    if (kind === "realloc" && size === sizes[id]) continue;
    const [oldAddress, oldSize] = [addresses[id]!, sizes[id]!];
    if (kind !== "free") {
      addresses[id] = take(size);
      sizes[id] = size;
    }
    if (kind !== "malloc") give(oldAddress, oldSize);
  }
  unwatch();
  return { requests, hits, records, memory: heap.capacity };
}
