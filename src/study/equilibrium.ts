import { BuddySystem } from "../heap/buddy-system";
import { FreeList } from "../heap/free-list";
import type { Random } from "../random/random";
import { atMost, type ClassicResult, within } from "./classic-result";
import type { StudiedHeap } from "./population";

const LOADS = [1, 4, 16, 64, 256];

export const oneSize: ClassicResult = {
  title: "First fit with blocks of one size",
  chapter: "equilibrium",
  claim:
    "Single units of memory are asked for in a Poisson stream and stay for exponential times; each takes the lowest free location. The occupied locations are Poisson distributed in number with mean ρ; the wasted ones below the highest occupied are never more than a third of the occupied ones on average, and their share tends to 0 as ρ grows.",
  source: {
    authors: "Coffman, Kadota and Shepp",
    year: 1985,
    work: "A stochastic model of fragmentation in dynamic storage allocation. SIAM J. Computing 14(2)",
    seen: "abstract",
  },
  experiment:
    "The stream itself, with averages over time, at five loads ρ from 1 to 256, on a FreeList with pages of a byte.",
  over: "seeds",
  parameters: { events: 24_000 },
  figures: [
    ...LOADS.map((load) => ({
      name: `wasted / occupied, ρ = ${load}`,
      unit: "share" as const,
      expect: atMost(1 / 3),
      why: "never more than a third",
      at: ["wasted / occupied", "measured", `${load}`] as const,
    })),
    {
      name: "wasted share, ρ = 256 less ρ = 16",
      unit: "points",
      expect: atMost(0),
      why: "the share falls towards 0",
      at: ["fall", "measured", "256 less 16"],
    },
    ...LOADS.map((load) => ({
      name: `occupied / ρ, ρ = ${load}`,
      expect: within(0.06, 1),
      why: "the mean is ρ; 6 % for chance",
      at: ["occupied / ρ", "mean", `${load}`] as const,
    })),
    {
      name: "variance / mean, ρ = 4",
      expect: within(0.15, 1),
      why: "of a Poisson distribution both are equal; 15 % for chance",
      at: ["variance / mean", "measured", "4"],
    },
  ],
  measure({ random, parameters }) {
    const measured: Record<string, number> = {};
    for (const load of LOADS) {
      const { wasted, occupied, variance } = unitFirstFit(random, load, parameters.events!);
      measured[`wasted / occupied, ρ = ${load}`] = wasted / occupied;
      measured[`occupied / ρ, ρ = ${load}`] = occupied / load;
      if (load === 4) measured["variance / mean, ρ = 4"] = variance / occupied;
    }
    measured["wasted share, ρ = 256 less ρ = 16"] =
      measured["wasted / occupied, ρ = 256"]! - measured["wasted / occupied, ρ = 16"]!;
    return measured;
  },
};

/**
 * A Poisson stream of unit requests of rate ρ, with exponential stays of mean 1: `events` of them, after `settling` that do not count. Of
 * each: whether it counts, how long `live` units were in use before it, and which one comes or goes by it.
 */
function* unitStream(
  random: Random,
  heap: StudiedHeap,
  load: number,
  { settling, events }: { settling: number; events: number },
) {
  const units: number[] = [];
  for (let event = -settling; event < events; event++) {
    const live = units.length;
    const comes = random.random() * (load + live) < load;
    const at = comes ? live : random.randint(0, live);
    const address = comes ? heap.malloc(1)! : units[at]!;
    if (comes) units.push(address);
    else {
      heap.free(address);
      units[at] = units[live - 1]!;
      units.pop();
    }
    yield { counts: event >= 0, stay: 1 / (load + live), live, comes, address };
  }
}

/** Averages over time of a unit stream that is served by first fit; it has a tenth of its events, and at least 5 ρ, to settle. */
export function unitFirstFit(random: Random, load: number, events: number) {
  const heap = new FreeList(0, 1, { growable: true });
  const used = new Set<number>();
  let highest = -1;
  let [time, sum, squares, waste] = [0, 0, 0, 0];
  const settling = Math.max(events / 10, 5 * load);
  for (const { counts, stay, live, comes, address } of unitStream(random, heap, load, { settling, events })) {
    if (counts) {
      time += stay;
      sum += live * stay;
      squares += live * live * stay;
      waste += (highest + 1 - live) * stay;
    }
    if (comes) {
      used.add(address);
      highest = Math.max(highest, address);
    } else {
      used.delete(address);
      while (highest >= 0 && !used.has(highest)) highest--;
    }
  }
  const mean = sum / time;
  return { occupied: mean, wasted: waste / time, variance: squares / time - mean ** 2 };
}

const PAIR_LOADS = [100, 1600];

export const buddyStatistics: ClassicResult = {
  title: "Statistics of the buddy system",
  chapter: "equilibrium",
  claim:
    "On the bottom level of the buddy system, with Poisson requests and exponential stays, the space that is wasted by pairing full cells with empty ones is about 0.513 √ρ, and requests to the next level come 1.880 √ρ / λ apart, where ρ blocks are in use and requests come 1 / λ apart.",
  source: {
    authors: "Purdom and Stigler",
    year: 1970,
    work: "Statistical properties of the buddy system. JACM 17(4)",
    seen: "abstract",
  },
  experiment: "A BuddySystem that is only asked for its smallest block, at two loads ρ; averages over time.",
  over: "seeds",
  parameters: { events: 80_000 },
  figures: PAIR_LOADS.flatMap((load) => [
    {
      name: `wasted cells / √ρ, ρ = ${load}`,
      expect: within(0.04, 0.513),
      why: "0.513; 0.04 for chance and a finite ρ",
      at: ["wasted cells / √ρ", "measured", `${load}`] as const,
    },
    {
      name: `requests to the next level: λ apart / √ρ, ρ = ${load}`,
      expect: within(0.15, 1.88),
      why: "1.880; 0.15 for chance and a finite ρ",
      at: ["λ · time apart / √ρ", "measured", `${load}`] as const,
    },
  ]),
  measure({ random, parameters }) {
    const measured: Record<string, number> = {};
    for (const load of PAIR_LOADS) {
      const { halves, apart } = bottomLevel(random, load, parameters.events!);
      measured[`wasted cells / √ρ, ρ = ${load}`] = halves / Math.sqrt(load);
      measured[`requests to the next level: λ apart / √ρ, ρ = ${load}`] = apart / Math.sqrt(load);
    }
    return measured;
  },
};

/** Pairs of which one cell is in use, on average over time, and the mean number of requests from one that takes a new pair to the next. */
export function bottomLevel(random: Random, load: number, events: number) {
  const heap = new BuddySystem(2 ** Math.ceil(Math.log2(8 * load)), 1);
  /** Cells in use of each pair. */
  const pairs = new Map<number, number>();
  let [halves, time, area, requests, passed] = [0, 0, 0, 0, 0];
  const length = { settling: 10 * load, events };
  for (const { counts, stay, comes, address } of unitStream(random, heap, load, length)) {
    const before = pairs.get(address >> 1) ?? 0;
    if (counts) {
      time += stay;
      area += halves * stay;
      if (comes) requests++;
      if (comes && before === 0) passed++;
    }
    const after = before + (comes ? 1 : -1);
    pairs.set(address >> 1, after);
    halves += after === 1 ? 1 : -1;
  }
  return { halves: area / time, apart: requests / passed };
}
