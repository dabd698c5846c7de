import type { Random } from "../random/random";
import { EventQueue } from "./event-queue";
import type { StudiedHeap } from "./population";

/** A memory that is never given rest. */
export interface Saturation {
  /** Bytes of the memory. */
  readonly memory: number;
  /** Draws a request in bytes. */
  readonly size: () => number;
  /** Requests that are served; the first tenth is for the memory to fill. */
  readonly requests: number;
  /** Draws how long a block stays. Default: uniform from 5 to 15. */
  readonly stay?: () => number;
}

/**
 * Saturates a heap as Shore (CACM 18, 1975) and Bays (CACM 20, 1977) did: requests are served until one is denied; that one waits, while time
 * goes on from release to release, until it can be served.
 * @returns the efficiency: bytes asked for times how long they stayed, over bytes of memory times time
 */
export function saturate(
  heap: StudiedHeap,
  random: Random,
  { memory, size, requests, stay = () => 5 + 10 * random.random() }: Saturation,
): number {
  const releases = new EventQueue<{ readonly address: number; readonly request: number }>();
  let [now, live, begun, area] = [0, 0, 0, 0];
  let request = size();
  for (let served = 0; served < requests; ) {
    const address = heap.malloc(request);
    if (address !== null) {
      releases.add(now + stay(), { address, request });
      live += request;
      request = size();
      if (++served === Math.floor(requests / 10)) {
        begun = now;
        area = 0;
      }
      continue;
    }
    if (releases.length === 0)
      throw new RangeError(`A request of ${request} bytes is more than the memory holds.`);
    area += live * (releases.next - now);
    now = releases.next;
    const released = releases.take();
    live -= released.request;
    heap.free(released.address);
  }
  return area / (memory * (now - begun));
}
