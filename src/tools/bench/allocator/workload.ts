import { seededRandom } from "../../../random/seeded-random";

/**
 * A heap in equilibrium: `live` blocks, of which each turn frees a random one and allocates another of a random size from
 * 16 to 1024 bytes.
 */
export interface Turns {
  /** Number of live blocks. */
  readonly live: number;
  /** Which block each turn replaces. */
  readonly slots: Int32Array;
  /** What each turn asks for, in bytes. */
  readonly sizes: Int32Array;
  /** What the blocks ask for that are there at the start, in bytes. */
  readonly first: Int32Array;
}

/** Turns of a round. */
export const TURNS = 1_000_000;

/** The same turns for the same arguments. */
export function turns(live: number, count: number): Turns {
  const random = seededRandom(`bench ${live}`);
  const draw = (n: number, low: number, high: number) => Int32Array.from(random.randint(low, high, n));
  return { live, slots: draw(count, 0, live), sizes: draw(count, 16, 1025), first: draw(live, 16, 1025) };
}

/** What is measured: a heap, or something like one. */
export interface Peer {
  readonly name: string;
  /** The largest number of live blocks for which waiting is bearable. */
  readonly most: number;
  /** Whether it is first fit in address order. */
  readonly firstFit?: boolean;
  make(live: number): { malloc(size: number): number | null; free(address: number): unknown };
}

/**
 * Makes the blocks that are there at the start. Each call of what is returned takes the first `count` turns, and returns a checksum of
 * every address that there has been so far.
 */
export function runner(peer: Peer, { live, slots, sizes, first }: Turns): (count: number) => number {
  const heap = peer.make(live);
  const addresses = new Float64Array(live);
  let sum = 0;
  for (let i = 0; i < live; i++) {
    addresses[i] = granted(heap.malloc(first[i]!), peer);
    sum = (Math.imul(sum, 31) + addresses[i]!) | 0;
  }
  return (count) => {
    let now = sum;
    for (let i = 0; i < count; i++) {
      const slot = slots[i]!;
      heap.free(addresses[slot]!);
      const address = granted(heap.malloc(sizes[i]!), peer);
      addresses[slot] = address;
      now = (Math.imul(now, 31) + address) | 0;
    }
    sum = now;
    return sum >>> 0;
  };
}

function granted(address: number | null, peer: Peer): number {
  if (address === null) throw new Error(`${peer.name} ran out of memory; give it a larger heap.`);
  return address;
}
