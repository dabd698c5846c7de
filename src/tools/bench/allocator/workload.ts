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
  make(live: number): { malloc(size: number): number | null; free(address: number): unknown };
}

/**
 * Nanoseconds per operation (a turn is two) of the last `rounds` runs of the turns.
 * @param count turns a round, at most as many as there are
 */
export function measure(
  peer: Peer,
  { live, slots, sizes, first }: Turns,
  count: number,
  rounds: number,
): number[] {
  const heap = peer.make(live);
  const addresses = new Float64Array(live);
  for (let i = 0; i < live; i++) addresses[i] = granted(heap.malloc(first[i]!), peer);
  const round = (n: number) => {
    for (let i = 0; i < n; i++) {
      const slot = slots[i]!;
      heap.free(addresses[slot]!);
      addresses[slot] = granted(heap.malloc(sizes[i]!), peer);
    }
  };
  round(Math.min(count, 100_000));
  return Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    round(count);
    return Number(process.hrtime.bigint() - start) / (2 * count);
  });
}

function granted(address: number | null, peer: Peer): number {
  if (address === null) throw new Error(`${peer.name} ran out of memory; give it a larger heap.`);
  return address;
}
