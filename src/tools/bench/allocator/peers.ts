import { FreeList } from "../../../heap/free-list";
import { TextbookHeap } from "../../../heap/textbook-heap";
import type { Peer } from "./workload";

const PAGE = 16;

/** What this project has to show. */
export const ours: readonly Peer[] = [
  { name: "first fit", most: 1e6, firstFit: true, make: () => new FreeList(0, PAGE, { growable: true }) },
  { name: "best fit", most: 1e6, make: () => new FreeList(0, PAGE, { growable: true, fit: "best" }) },
];

const linear: Peer = {
  name: "linear list",
  most: 10_000,
  firstFit: true,
  make: (live) => new TextbookHeap(live * 1024 + 65_536, PAGE),
};

async function thing(): Promise<Peer> {
  const { MemPool } = await import("@thi.ng/malloc");
  return {
    name: "@thi.ng/malloc",
    most: 10_000,
    make: (live) => {
      const pool = new MemPool({ size: live * 1024 + 65_536, align: PAGE });
      // Its malloc answers 0 for a request that it denies.
      return { malloc: (size) => pool.malloc(size) || null, free: (address) => pool.free(address) };
    },
  };
}

/** All that run in JavaScript. */
export async function allPeers(): Promise<Peer[]> {
  return [...ours, linear, await thing()];
}
