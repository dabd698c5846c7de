import { FreeList } from "../heap/free-list";
import { seededRandom } from "../random/seeded-random";
import { searchOf } from "../run/event-summary";
import { exponentialSizes, uniformSizes } from "../workload/sizes";
import { atLeast, atMost, type ClassicResult, exactly } from "./classic-result";
import { CartesianHeap } from "./models/cartesian-heap";
import { TwoLevelHeap } from "./models/two-level-heap";
import { exponential, runSteadyState, type StudiedHeap } from "./population";
import { saturate } from "./saturation";

const POPULATIONS = [250, 1000, 4000];

/** A heap that writes down where it put its blocks. */
function noted(heap: StudiedHeap, addresses: (number | null)[]): StudiedHeap {
  return {
    malloc(request) {
      const address = heap.malloc(request);
      addresses.push(address);
      return address;
    },
    free: (address) => heap.free(address),
  };
}

/** Runs the steady state of `seed` with about `live` blocks of 1 to 1000 words on `heap`. */
function steady(heap: StudiedHeap, seed: string, live: number, steps: number): void {
  const random = seededRandom(seed);
  const size = uniformSizes(1, 1000).sampler(random);
  runSteadyState(heap, { size, lifetime: exponential(random, live), steps: steps + 2 * live }, () => {});
}

/** The records that a walk along the list of first fit examines a search. */
function linearRecords(memory: number, run: (heap: StudiedHeap) => void): { records: number; most: number } {
  const heap = new FreeList(memory, 1);
  let [records, searches, most] = [0, 0, 0];
  const unwatch = heap.listen((event) => {
    const search = searchOf(event);
    if (search === null) return;
    records += search.examined;
    most = Math.max(most, search.examined);
    searches++;
  });
  run(heap);
  unwatch();
  return { records: records / searches, most };
}

export const fastFits: ClassicResult = {
  title: "Fast fits",
  chapter: "speed",
  claim:
    "First fit spends its time on chaining through uselessly small fragments. A Cartesian tree of the holes, by address and by size, finds the same hole with few visits.",
  source: {
    authors: "Stephenson",
    year: 1983,
    work: "Fast fits: new methods for dynamic storage allocation. SOSP",
    seen: "abstract",
  },
  experiment:
    "A walk along the list and a descent in the tree on the very same requests, with 250, 1000 and 4000 live blocks: every address is compared.",
  over: "seeds",
  parameters: { steps: 2000 },
  figures: [
    ...POPULATIONS.flatMap((live) => [
      {
        name: `records a search, list, ${live} blocks`,
        at: ["looked at in a search", "list", `${live}`] as const,
      },
      {
        name: `visits a search, tree, ${live} blocks`,
        at: ["looked at in a search", "tree", `${live}`] as const,
      },
      {
        name: `blocks placed elsewhere, ${live} blocks`,
        expect: exactly(0),
        why: "the same placement",
        at: ["blocks placed elsewhere", "tree", `${live}`] as const,
      },
    ]),
    {
      name: "list / tree, 4000 blocks",
      expect: atLeast(10),
      why: "few visits: a tenth or less on a long list",
      at: ["list / tree", "measured", "4000"],
    },
  ],
  measure({ random, parameters }) {
    const measured: Record<string, number> = {};
    for (const live of POPULATIONS) {
      const seed = String(random.random());
      const memory = 1500 * live;
      const [walked, descended]: (number | null)[][] = [[], []];
      const run = (heap: StudiedHeap) => steady(noted(heap, walked!), seed, live, parameters.steps!);
      const { records } = linearRecords(memory, run);
      const tree = new CartesianHeap(memory);
      steady(noted(tree, descended!), seed, live, parameters.steps!);
      measured[`records a search, list, ${live} blocks`] = records;
      measured[`visits a search, tree, ${live} blocks`] = tree.visits / tree.searches;
      measured[`blocks placed elsewhere, ${live} blocks`] = walked!.filter(
        (address, i) => address !== descended![i],
      ).length;
    }
    measured["list / tree, 4000 blocks"] =
      measured["records a search, list, 4000 blocks"]! / measured["visits a search, tree, 4000 blocks"]!;
    return measured;
  },
};

export const boundedSearch: ClassicResult = {
  title: "A bounded search",
  chapter: "speed",
  claim:
    "Two-level segregated fit serves every request in constant time, whatever the heap looks like, with low fragmentation.",
  source: {
    authors: "Masmano, Ripoll, Crespo and Real",
    year: 2004,
    work: "TLSF: a new dynamic memory allocator for real-time systems. ECRTS",
    seen: "secondary",
    by: "the documentation of Conte's implementation, tlsf.baisoku.org",
  },
  experiment:
    "A model of it beside first fit: the most words of its bit maps, and the most records of the list, that one search looks at, with 250, 1000 and 4000 live blocks. Then efficiency in a saturated memory beside best fit.",
  over: "seeds",
  parameters: { steps: 2000, requests: 6000 },
  figures: [
    ...POPULATIONS.flatMap((live) => [
      {
        name: `most words of bits, two levels, ${live} blocks`,
        expect: atMost(3),
        why: "constant: the same three at most for every heap",
        at: ["most looks of a search", "two levels", `${live}`] as const,
      },
      {
        name: `most records, first fit, ${live} blocks`,
        at: ["most looks of a search", "first fit", `${live}`] as const,
      },
    ]),
    { name: "efficiency, two levels", unit: "share", at: ["efficiency", "measured", "two levels"] },
    { name: "efficiency, best fit", unit: "share", at: ["efficiency", "measured", "best fit"] },
    {
      name: "efficiency, best fit less two levels",
      unit: "points",
      expect: atMost(0.05),
      why: "low fragmentation: within 5 points of best fit",
      at: ["best fit less two levels", "measured", "difference"],
    },
  ],
  measure({ random, parameters }) {
    const measured: Record<string, number> = {};
    for (const live of POPULATIONS) {
      const seed = String(random.random());
      const memory = 1500 * live;
      const heap = new TwoLevelHeap(memory);
      const run = (each: StudiedHeap) => steady(each, seed, live, parameters.steps!);
      run(heap);
      measured[`most words of bits, two levels, ${live} blocks`] = heap.mostLooks;
      measured[`most records, first fit, ${live} blocks`] = linearRecords(memory, run).most;
    }
    const seed = String(random.random());
    const memory = 32_768;
    const [levels, best] = [new TwoLevelHeap(memory), new FreeList(memory, 1, { fit: "best" })].map(
      (heap) => {
        const size = exponentialSizes(128).sampler(seededRandom(`${seed} sizes`));
        return saturate(heap, seededRandom(seed), { memory, size, requests: parameters.requests! });
      },
    );
    measured["efficiency, two levels"] = levels!;
    measured["efficiency, best fit"] = best!;
    measured["efficiency, best fit less two levels"] = best! - levels!;
    return measured;
  },
};
