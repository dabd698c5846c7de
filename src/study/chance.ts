import { FreeList } from "../heap/free-list";
import type { Random } from "../random/random";
import { atLeast, type ClassicResult, exactly, within } from "./classic-result";

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
