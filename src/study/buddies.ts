import { FreeList } from "../heap/free-list";
import type { Random } from "../random/random";
import { seededRandom } from "../random/seeded-random";
import { exponentialSizes, type Sizes, uniformSizes } from "../workload/sizes";
import { atLeast, atMost, type ClassicResult, type Experiment, within } from "./classic-result";
import {
  type BuddyFamily,
  BuddyFamilyHeap,
  binaryBuddies,
  fibonacciBuddies,
  weightedBuddies,
} from "./models/buddy-family";
import { saturate } from "./saturation";

const QUANTA = [1, 8, 32, 128, 256, 512];

export const rounding: ClassicResult = {
  title: "Rounding requests up",
  chapter: "buddies",
  claim:
    "Rounding requests up, so that fewer sizes of blocks lie in memory together, loses more memory inside blocks than it saves between them.",
  source: {
    authors: "Randell",
    year: 1969,
    work: "A note on storage fragmentation and program segmentation. CACM 12(7)",
    seen: "abstract",
  },
  experiment:
    "First fit in a saturated memory of 32,768 words; exponential sizes of mean 512, rounded up to multiples of a quantum. Useful memory is what was asked for; lost between blocks is what no block holds.",
  over: "seeds",
  parameters: { memory: 32_768, mean: 512, requests: 5000 },
  figures: QUANTA.flatMap((quantum) => [
    {
      name: `useful memory, quantum ${quantum}`,
      unit: "share" as const,
      at: ["share of memory", "useful", `${quantum}`] as const,
    },
    {
      name: `lost between blocks, quantum ${quantum}`,
      unit: "share" as const,
      at: ["share of memory", "lost between blocks", `${quantum}`] as const,
    },
    ...(quantum < 32
      ? []
      : [
          {
            name: `useful memory lost to quantum ${quantum}`,
            unit: "points" as const,
            expect: atLeast(0),
            why: "more is lost than saved",
            at: ["points lost against quantum 1", "measured", `${quantum}`] as const,
          },
        ]),
  ]),
  measure({ random, parameters }) {
    const { memory, mean, requests } = parameters as { memory: number; mean: number; requests: number };
    const seed = String(random.random());
    const measured: Record<string, number> = {};
    for (const quantum of QUANTA) {
      const draw = exponentialSizes(mean).sampler(seededRandom(`${seed} sizes`));
      const heap = new FreeList(memory, 1, { align: quantum });
      let [asked, given] = [0, 0];
      const size = () => {
        const request = Math.min(draw(), memory / 2);
        asked += request;
        given += Math.ceil(request / quantum) * quantum;
        return request;
      };
      const useful = saturate(heap, seededRandom(seed), { memory, size, requests });
      measured[`useful memory, quantum ${quantum}`] = useful;
      measured[`lost between blocks, quantum ${quantum}`] = 1 - (useful * given) / asked;
      if (quantum >= 32) {
        measured[`useful memory lost to quantum ${quantum}`] = measured["useful memory, quantum 1"]! - useful;
      }
    }
    return measured;
  },
};

const FAMILIES: Readonly<Record<string, (largest: number) => BuddyFamily>> = {
  binary: binaryBuddies,
  weighted: weightedBuddies,
  Fibonacci: fibonacciBuddies,
};

const BUDDY_SIZES: Readonly<Record<string, (largest: number) => Sizes>> = {
  uniform: (largest) => uniformSizes(1, largest),
  exponential: (largest) => exponentialSizes(largest / 4),
};

/** Internal and total fragmentation of a buddy system in a saturated memory. */
function fragmentation(random: Random, family: BuddyFamily, sizes: Sizes, largest: number, requests: number) {
  const heap = new BuddyFamilyHeap(family);
  const draw = sizes.sampler(random);
  let [asked, given] = [0, 0];
  const size = () => {
    const request = Math.min(draw(), largest);
    asked += request;
    given += BuddyFamilyHeap.blockSize(family, request);
    return request;
  };
  const useful = saturate(heap, random, { memory: heap.capacity, size, requests });
  return { internal: 1 - asked / given, total: 1 - useful };
}

/** What a distribution and a list of sizes say of internal fragmentation by themselves: 1 − E[request] / E[block]. */
export function expectedInternal(
  family: BuddyFamily,
  shares: Iterable<readonly [size: number, share: number]>,
): number {
  let [asked, given] = [0, 0];
  for (const [size, share] of shares) {
    asked += share * size;
    given += share * BuddyFamilyHeap.blockSize(family, size);
  }
  return 1 - asked / given;
}

/** The share of each request from 1 to `largest`, where larger ones are cut down to it. */
export function* shares(name: string, largest: number): Generator<readonly [number, number]> {
  const mean = largest / 4;
  for (let size = 1; size <= largest; size++) {
    if (name === "uniform") yield [size, 1 / largest];
    else {
      // Drawn numbers are rounded to whole ones, those below 1 up and those above the largest down.
      const from = size === 1 ? 0 : size - 0.5;
      const upTo = size === largest ? Number.POSITIVE_INFINITY : size + 0.5;
      yield [size, Math.exp(-from / mean) - Math.exp(-upTo / mean)];
    }
  }
}

const EACH_FAMILY = Object.keys(BUDDY_SIZES).flatMap((sizes) =>
  Object.keys(FAMILIES).map((family) => ({ sizes, family })),
);

export const buddyInternal: ClassicResult = {
  title: "Internal fragmentation of buddy systems",
  chapter: "buddies",
  claim:
    "The internal fragmentation of the binary, the Fibonacci and the weighted buddy system can be computed from the block sizes that each provides; simulations are set beside it.",
  source: {
    authors: "Peterson and Norman",
    year: 1977,
    work: "Buddy systems. CACM 20(6)",
    seen: "abstract",
  },
  experiment:
    "The three systems in a saturated memory, requests from 1 to 1000; measured internal fragmentation less the sum 1 − E[request] / E[block] over the distribution.",
  over: "seeds",
  parameters: { largest: 1000, requests: 4000 },
  figures: EACH_FAMILY.flatMap(({ sizes, family }) => [
    {
      name: `internal fragmentation, ${family}, ${sizes}`,
      unit: "share" as const,
      at: ["internal fragmentation", sizes, family] as const,
    },
    {
      name: `measured less computed, ${family}, ${sizes}`,
      unit: "points" as const,
      expect: within(0.01, 0),
      why: "the same but for chance: a point",
      at: ["measured less computed", sizes, family] as const,
    },
  ]),
  measure({ random, parameters }) {
    const { largest, requests } = parameters as { largest: number; requests: number };
    const measured: Record<string, number> = {};
    for (const { sizes, family } of EACH_FAMILY) {
      const system = FAMILIES[family]!(46_368);
      const { internal } = fragmentation(random, system, BUDDY_SIZES[sizes]!(largest), largest, requests);
      measured[`internal fragmentation, ${family}, ${sizes}`] = internal;
      measured[`measured less computed, ${family}, ${sizes}`] =
        internal - expectedInternal(system, shares(sizes, largest));
    }
    return measured;
  },
};

/**
 * Total and internal fragmentation of a system beside the binary one's, in memories that hold about as much; means over `octave` largest
 * requests within an octave: a single one would favour the system that has a size just above it.
 */
function totals({ random, parameters }: Experiment, family: string): Record<string, number> {
  const { largest, octave, requests } = parameters as { largest: number; octave: number; requests: number };
  const parts = Array.from({ length: Math.ceil(octave) }, (_, i) => 2 ** (-i / Math.ceil(octave)));
  const measured: Record<string, number> = {};
  for (const [name, sizes] of Object.entries(BUDDY_SIZES)) {
    for (const each of ["binary", family]) {
      const memory = each === "Fibonacci" ? 28_657 : 32_768;
      const found = parts.map((part) => {
        const most = Math.round(largest * part);
        return fragmentation(random, FAMILIES[each]!(memory), sizes(most), most, requests);
      });
      for (const kind of ["total", "internal"] as const) {
        const sum = found.reduce((all, one) => all + one[kind], 0);
        measured[`${kind} fragmentation, ${each}, ${name}`] = sum / found.length;
      }
    }
    for (const kind of ["total", "internal"]) {
      measured[`${kind}, ${family} less binary, ${name}`] =
        measured[`${kind} fragmentation, ${family}, ${name}`]! -
        measured[`${kind} fragmentation, binary, ${name}`]!;
    }
  }
  return measured;
}

export const weightedAgainstBinary: ClassicResult = {
  title: "Weighted buddies",
  chapter: "buddies",
  claim:
    "For uniform requests the binary buddy system has less total fragmentation than the weighted one; for exponential requests the weighted one has less.",
  source: {
    authors: "Shen and Peterson",
    year: 1974,
    work: "A weighted buddy method for dynamic storage allocation. CACM 17(10)",
    seen: "abstract",
  },
  experiment:
    "Both systems in a saturated memory of 32,768 words. Requests go up to 1000, 841, 707 and 595, an octave, and results are averaged: a single largest request would favour the system that has a size just above it.",
  over: "seeds",
  parameters: { largest: 1000, octave: 4, requests: 2000 },
  figures: Object.keys(BUDDY_SIZES).flatMap((name) => [
    ...["binary", "weighted"].map((family) => ({
      name: `total fragmentation, ${family}, ${name}`,
      unit: "share" as const,
      at: ["total fragmentation", family, name] as const,
    })),
    {
      name: `total, weighted less binary, ${name}`,
      unit: "points" as const,
      ...(name === "uniform"
        ? { expect: atLeast(0), why: "the binary system has less" }
        : { expect: atMost(0), why: "the weighted system has less" }),
      at: ["weighted less binary", "measured", name] as const,
    },
  ]),
  measure: (experiment) => totals(experiment, "weighted"),
};

export const fibonacciAgainstBinary: ClassicResult = {
  title: "Fibonacci buddies",
  chapter: "buddies",
  claim:
    "A buddy system whose sizes are Fibonacci numbers is like the binary one, and seems to have certain advantages: its sizes lie closer together.",
  source: {
    authors: "Hirschberg",
    year: 1973,
    work: "A class of dynamic memory allocation algorithms. CACM 16(10)",
    seen: "abstract",
  },
  experiment:
    "A saturated memory of 28,657 words (a Fibonacci number) beside a binary one of 32,768. Requests go up to 1000, 841, 707 and 595, an octave, and results are averaged. Advantage is taken to mean less fragmentation, inside of blocks and in total.",
  over: "seeds",
  parameters: { largest: 1000, octave: 4, requests: 2000 },
  figures: Object.keys(BUDDY_SIZES).flatMap((name) => [
    ...["binary", "Fibonacci"].map((family) => ({
      name: `total fragmentation, ${family}, ${name}`,
      unit: "share" as const,
      at: ["total fragmentation", family, name] as const,
    })),
    ...["internal", "total"].map((kind) => ({
      name: `${kind}, Fibonacci less binary, ${name}`,
      unit: "points" as const,
      expect: atMost(0),
      why: "less is lost",
      at: ["Fibonacci less binary", kind, name] as const,
    })),
  ]),
  measure: (experiment) => totals(experiment, "Fibonacci"),
  note: "The largest request decides: with 1000 alone (octave: 1), just below a power of two, the binary system loses as little in total as this one, or less.",
};
