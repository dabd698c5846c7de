import { FreeList } from "../heap/free-list";
import type { Random } from "../random/random";
import { seededRandom } from "../random/seeded-random";
import { searchOf } from "../run/event-summary";
import { exponentialSizes, uniformSizes } from "../workload/sizes";
import { atLeast, atMost, type ClassicResult, exactly, within } from "./classic-result";
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
      steady(heap, seed, live, parameters.steps!);
      const run = (list: StudiedHeap) => steady(list, seed, live, parameters.steps!);
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

const FACTORS = [2, 4, 8];

export const safetyByChance: ClassicResult = {
  title: "Safety by chance",
  chapter: "speed",
  claim:
    "Objects that lie at random in a heap at least twice as large as required make it probable that an overflow hits nothing, the more so with replicas; and a free place is still found by few tries.",
  source: {
    authors: "Berger and Zorn",
    year: 2006,
    work: "DieHard: probabilistic memory safety for unsafe languages. PLDI",
    seen: "abstract",
  },
  experiment:
    "A heap of equal slots, M times as many as objects: tries for a free slot, and overflows into the next slot. Expected: 1 / (1 − 1/M) tries, and 1 − 1/M of the overflows without harm, or 1 − 1/M³ in at least one of three replicas (derived here).",
  over: "seeds",
  parameters: { objects: 500, steps: 10_000 },
  figures: [
    ...FACTORS.flatMap((factor) => [
      {
        name: `tries, M = ${factor}`,
        expect: within(0.05, 1 / (1 - 1 / factor)),
        why: "1 / (1 − 1/M)",
        at: ["tries for a free slot", "random", `M = ${factor}`] as const,
      },
      {
        name: `harmless overflows, M = ${factor}`,
        unit: "share" as const,
        expect: within(0.02, 1 - 1 / factor),
        why: "1 − 1/M; two points for chance",
        at: ["harmless overflows", "random", `M = ${factor}`] as const,
      },
      {
        name: `harmless in one of three, M = ${factor}`,
        unit: "share" as const,
        expect: within(0.02 / factor, 1 - factor ** -3),
        why: "1 − 1/M³; a point or less for chance",
        at: ["harmless overflows", "three replicas", `M = ${factor}`] as const,
      },
    ]),
    {
      name: "harmless overflows, first fit",
      unit: "share",
      at: ["harmless overflows", "first fit", "M = 2"],
    },
  ],
  measure({ random, parameters }) {
    const { objects, steps } = parameters as { objects: number; steps: number };
    const measured: Record<string, number> = {};
    for (const factor of FACTORS) {
      const replicas = [1, 2, 3].map(() => new RandomSlots(random, factor * objects, objects));
      let [harmless, saved] = [0, 0];
      for (let step = 0; step < steps; step++) {
        // The same object of each replica overflows, wherever it lies there.
        const at = random.randint(0, objects);
        const spared = replicas.map((replica) => replica.spares(at));
        if (spared[0]) harmless++;
        if (spared.includes(true)) saved++;
        const freed = random.randint(0, objects);
        for (const replica of replicas) replica.replace(freed);
      }
      measured[`tries, M = ${factor}`] = replicas[0]!.tries / replicas[0]!.replaced;
      measured[`harmless overflows, M = ${factor}`] = harmless / steps;
      measured[`harmless in one of three, M = ${factor}`] = saved / steps;
    }
    measured["harmless overflows, first fit"] = sparedByFirstFit(random, objects, steps);
    return measured;
  },
};

/** Objects in slots that are chosen at random. */
class RandomSlots {
  /** Objects that were replaced, and slots that were tried for them. */
  replaced = 0;
  tries = 0;
  readonly #random: Random;
  readonly #taken: Uint8Array;
  readonly #slots: number[];

  constructor(random: Random, slots: number, objects: number) {
    this.#random = random;
    this.#taken = new Uint8Array(slots);
    this.#slots = Array.from({ length: objects }, () => this.#place().slot);
  }

  /** Whether the slot behind object `at` is free. */
  spares(at: number): boolean {
    return this.#taken[(this.#slots[at]! + 1) % this.#taken.length] === 0;
  }

  /** Frees object `at` and places another in its stead. */
  replace(at: number): void {
    this.#taken[this.#slots[at]!] = 0;
    // Counted with the object's own slot taken out, as a malloc meets the heap one object short: hardly a difference.
    const { slot, tries } = this.#place();
    this.#slots[at] = slot;
    this.replaced++;
    this.tries += tries;
  }

  #place(): { slot: number; tries: number } {
    for (let tries = 1; ; tries++) {
      const slot = this.#random.randint(0, this.#taken.length);
      if (this.#taken[slot]) continue;
      this.#taken[slot] = 1;
      return { slot, tries };
    }
  }
}

/** The share of objects, of one size in a heap twice as large, behind which first fit leaves a free slot. */
function sparedByFirstFit(random: Random, objects: number, steps: number): number {
  const heap = new FreeList(2 * objects, 1);
  const addresses = Array.from({ length: objects }, () => heap.malloc(1)!);
  const taken = new Set(addresses);
  let spared = 0;
  for (let step = 0; step < steps; step++) {
    if (!taken.has(addresses[random.randint(0, objects)]! + 1)) spared++;
    const at = random.randint(0, objects);
    taken.delete(addresses[at]!);
    heap.free(addresses[at]!);
    addresses[at] = heap.malloc(1)!;
    taken.add(addresses[at]!);
  }
  return spared / steps;
}

const OCCUPANCIES = [4, 8, 16];

export const meshing: ClassicResult = {
  title: "Meshing",
  chapter: "speed",
  claim:
    "Where objects lie at random in their pages, pages that are mostly empty can often be laid on top of one another in physical memory without moving an address: with high probability this compacts what otherwise could not be compacted.",
  source: {
    authors: "Powers, Tench, Berger and McGregor",
    year: 2019,
    work: "Mesh: compacting memory management for C/C++ applications. PLDI",
    seen: "abstract",
  },
  experiment:
    "Pages of 64 slots, r of them taken: two mesh when no slot is taken in both. Expected for random placement: C(64 − r, r) / C(64, r) of the pairs (derived here). Then pages are meshed greedily, two by two; and the same where each page is filled from its start.",
  over: "seeds",
  parameters: { pages: 200 },
  figures: [
    ...OCCUPANCIES.flatMap((taken) => [
      {
        name: `pairs that mesh, ${taken} of 64`,
        unit: "share" as const,
        at: ["pairs that mesh", "at random", `${taken} of 64`] as const,
      },
      {
        name: `measured less formula, ${taken} of 64`,
        unit: "points" as const,
        expect: within(0.02, 0),
        why: "the formula; two points for chance",
        at: ["measured less formula", "at random", `${taken} of 64`] as const,
      },
      {
        name: `pages freed, ${taken} of 64, at random`,
        unit: "share" as const,
        ...(taken === 16 ? {} : { expect: atLeast(0.25), why: "half of the most that pairs can free" }),
        at: ["pages freed", "at random", `${taken} of 64`] as const,
      },
      {
        name: `pages freed, ${taken} of 64, from the start`,
        unit: "share" as const,
        expect: exactly(0),
        why: "without chance, nothing",
        at: ["pages freed", "from the start", `${taken} of 64`] as const,
      },
    ]),
  ],
  measure({ random, parameters }) {
    const measured: Record<string, number> = {};
    for (const taken of OCCUPANCIES) {
      const pages = Array.from({ length: parameters.pages! }, () => randomPage(random, taken));
      const filled = pages.map(() => Array.from({ length: 64 }, (_, i) => i < taken));
      const pairs = meshingPairs(pages);
      measured[`pairs that mesh, ${taken} of 64`] = pairs;
      measured[`measured less formula, ${taken} of 64`] = pairs - meshProbability(64, taken);
      measured[`pages freed, ${taken} of 64, at random`] = meshGreedily(pages) / pages.length;
      measured[`pages freed, ${taken} of 64, from the start`] = meshGreedily(filled) / pages.length;
    }
    return measured;
  },
};

type Page = readonly boolean[];

function randomPage(random: Random, taken: number): Page {
  const page = Array.from({ length: 64 }, () => false);
  for (let left = taken; left > 0; ) {
    const slot = random.randint(0, 64);
    if (page[slot]) continue;
    page[slot] = true;
    left--;
  }
  return page;
}

/** The probability that two pages of `slots` mesh which both have `taken` slots taken at random: C(slots − taken, taken) / C(slots, taken). */
export function meshProbability(slots: number, taken: number): number {
  let probability = 1;
  for (let i = 0; i < taken; i++) probability *= Math.max(0, slots - taken - i) / (slots - i);
  return probability;
}

const meshes = (a: Page, b: Page) => a.every((taken, slot) => !(taken && b[slot]));

function meshingPairs(pages: readonly Page[]): number {
  let [found, pairs] = [0, 0];
  for (const [i, page] of pages.entries()) {
    for (const other of pages.slice(i + 1)) {
      pairs++;
      if (meshes(page, other)) found++;
    }
  }
  return found / pairs;
}

/** How many pages are freed when each is meshed with the first that is left and meshes with it. */
function meshGreedily(pages: readonly Page[]): number {
  const left = [...pages];
  let freed = 0;
  for (let page = left.pop(); page !== undefined; page = left.pop()) {
    const partner = left.findIndex((other) => meshes(page!, other));
    if (partner < 0) continue;
    left.splice(partner, 1);
    freed++;
  }
  return freed;
}
