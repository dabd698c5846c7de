import { BuddySystem } from "../heap/buddy-system";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { SegregatedFits } from "../heap/segregated-fits";
import type { Random } from "../random/random";
import { replay } from "../run/replay";
import type { Trace } from "../trace/trace";
import { shuffledTwin } from "../workload/shuffled-twin";
import { uniformSizes } from "../workload/sizes";
import { atLeast, atMost, type ClassicResult } from "./classic-result";

const GROWS = { growable: true } as const;

/** How much further a heap reaches than the most bytes that were live at once. */
function fragmentation(trace: Trace, heap: Heap): number {
  return replay(trace, heap).highWater / trace.peakLive - 1;
}

export const randomTraces: ClassicResult = {
  title: "Random traces mislead",
  chapter: "programs",
  claim:
    "Studies that draw sizes and lifetimes at random, each for itself, misjudge allocators: real programs have regularities that an allocator must exploit, and can.",
  source: {
    authors: "Wilson, Johnstone, Neely and Boles",
    year: 1995,
    work: "Dynamic storage allocation: a survey and critical review. IWMM, LNCS 986",
    seen: "abstract",
  },
  experiment:
    "First fit on each program, and on shuffled twins of it: the same sizes and numbers of live blocks, but sizes in random order and a random block freed each time. Fragmentation is how much further the heap reaches than the most bytes that were live.",
  over: "programs",
  parameters: { twins: 3 },
  figures: [
    { name: "fragmentation, the program", unit: "share", at: ["fragmentation", "first fit", "program"] },
    { name: "fragmentation, its twins", unit: "share", at: ["fragmentation", "first fit", "twins"] },
    {
      name: "misjudged by",
      unit: "share",
      expect: atLeast(0.01),
      why: "misled: off by a point or more, in either direction",
      at: ["twins against program", "off by", "first fit"],
    },
    {
      name: "twins less program",
      unit: "points",
      at: ["twins against program", "with its sign", "first fit"],
    },
  ],
  measure({ random, trace, parameters }) {
    const twins = Math.ceil(parameters.twins!);
    const own = fragmentation(trace, new FreeList(0, 1, GROWS));
    let shuffled = 0;
    for (let i = 0; i < twins; i++) {
      shuffled += fragmentation(shuffledTwin(random, trace), new FreeList(0, 1, GROWS)) / twins;
    }
    return {
      "fragmentation, the program": own,
      "fragmentation, its twins": shuffled,
      "misjudged by": Math.abs(shuffled - own),
      "twins less program": shuffled - own,
    };
  },
  note: "Random twins do not err in one direction: some programs fragment more than their twins, as the difference with its sign says.",
};

const POLICIES: Readonly<Record<string, () => Heap>> = {
  "first fit": () => new FreeList(0, 1, GROWS),
  "best fit": () => new FreeList(0, 1, { ...GROWS, fit: "best" }),
  "first fit, LIFO": () => new FreeList(0, 1, { ...GROWS, order: "lifo" }),
  "first fit, FIFO": () => new FreeList(0, 1, { ...GROWS, order: "fifo" }),
  "next fit": () => new FreeList(0, 1, { ...GROWS, fit: "next" }),
  "worst fit": () => new FreeList(0, 1, { ...GROWS, fit: "worst" }),
  buddy: () => new BuddySystem(1, 1, GROWS),
};

export const fragmentationSolved: ClassicResult = {
  title: "Is fragmentation solved?",
  chapter: "programs",
  claim:
    "On eight real and varied C and C++ programs several conventional allocators come near zero fragmentation, once headers, alignment and other details of implementation are set aside.",
  source: {
    authors: "Johnstone and Wilson",
    year: 1998,
    work: "The memory fragmentation problem: solved? ISMM",
    seen: "abstract",
  },
  experiment:
    "Eight programs of our own under seven policies, without headers and alignment. Fragmentation is how much further the heap reaches than the most bytes that were live.",
  over: "programs",
  parameters: {},
  figures: Object.keys(POLICIES).map((policy) => ({
    name: `fragmentation, ${policy}`,
    unit: "share" as const,
    ...(policy === "first fit" || policy === "best fit"
      ? { expect: atMost(0.05), why: "near zero: the whole interval below 5 %" }
      : {}),
    at: ["fragmentation", "measured", policy] as const,
  })),
  measure: ({ trace }) =>
    Object.fromEntries(
      Object.entries(POLICIES).map(([policy, make]) => [
        `fragmentation, ${policy}`,
        fragmentation(trace, make()),
      ]),
    ),
  note: "One program decides: at vim's peak a single request of 65,537 bytes finds the free memory scattered. Without vim, the interval lies below 5 % for both fits.",
};

/** Separate lists for the sizes 16, 32, …, 1024; larger holes have one list. */
const EXACT_CLASSES = Array.from({ length: 64 }, (_, i) => 16 * (i + 1));

const NIELSEN: Readonly<Record<string, () => Heap>> = {
  "a list for each size": () => new SegregatedFits(0, 16, { ...GROWS, classes: EXACT_CLASSES }),
  "powers of two": () => new BuddySystem(16, 16, GROWS),
  "one list, LIFO": () => new FreeList(0, 16, { ...GROWS, order: "lifo" }),
  "one list, FIFO": () => new FreeList(0, 16, { ...GROWS, order: "fifo" }),
  "one list, by address": () => new FreeList(0, 16, GROWS),
};

export const separateLists: ClassicResult = {
  title: "A list for each size",
  chapter: "programs",
  claim:
    "Of many algorithms, those with a separate free list for each size do well; powers of two take little time and much memory; single lists in LIFO, FIFO or address order do poorly in comparison.",
  source: {
    authors: "Nielsen",
    year: 1977,
    work: "Dynamic memory allocation in computer simulation. CACM 20(11)",
    seen: "abstract",
  },
  experiment:
    "Eight programs (his were simulations) under five policies with sizes in multiples of 16. Time is taken to be free-list records examined a search; memory is how far the heap reaches, over the most bytes live.",
  over: "programs",
  parameters: {},
  figures: [
    ...Object.keys(NIELSEN).flatMap((policy) => [
      { name: `records a search, ${policy}`, at: ["records a search", "measured", policy] as const },
      { name: `memory, ${policy}`, at: ["memory / live bytes", "measured", policy] as const },
    ]),
    ...Object.keys(NIELSEN)
      .filter((policy) => policy.startsWith("one list"))
      .map((policy) => ({
        name: `doublings of records, ${policy}`,
        expect: atLeast(1),
        why: "poorly: at least twice the records of separate lists",
        at: ["doublings against separate lists", "records", policy] as const,
      })),
    {
      name: "doublings of memory, powers of two",
      expect: atLeast(0),
      why: "powers of two take more memory than separate lists",
      at: ["doublings against separate lists", "memory", "powers of two"],
    },
    {
      name: "doublings of memory, one list, LIFO",
      expect: atLeast(0),
      why: "single lists do poorly in memory, too",
      at: ["doublings against separate lists", "memory", "one list, LIFO"],
    },
  ],
  measure({ trace }) {
    const measured: Record<string, number> = {};
    for (const [policy, make] of Object.entries(NIELSEN)) {
      const { examined, searches, highWater } = replay(trace, make(), { statistics: true });
      measured[`records a search, ${policy}`] = examined! / Math.max(1, searches!);
      measured[`memory, ${policy}`] = highWater / trace.peakLive;
    }
    const separate = measured["records a search, a list for each size"]!;
    for (const policy of Object.keys(NIELSEN).filter((each) => each.startsWith("one list"))) {
      measured[`doublings of records, ${policy}`] = Math.log2(
        measured[`records a search, ${policy}`]! / separate,
      );
    }
    const memory = measured["memory, a list for each size"]!;
    for (const policy of ["powers of two", "one list, LIFO"]) {
      measured[`doublings of memory, ${policy}`] = Math.log2(measured[`memory, ${policy}`]! / memory);
    }
    return measured;
  },
  note: "Logarithms are compared, in which one program of eight cannot outweigh the rest. In memory single lists are no worse than separate ones; and a LIFO list is short where blocks are freed in the reverse of their order.",
};

/** Bytes that are allocated meanwhile, which "short" is taken to be. */
const SHORT = [4096, 32_768, 262_144];

export const dyingYoung: ClassicResult = {
  title: "Most bytes die young",
  chapter: "programs",
  claim: "In five programs that allocate much, more than 90 % of all bytes are short-lived.",
  source: {
    authors: "Barrett and Zorn",
    year: 1993,
    work: "Using lifetime predictors to improve memory allocation performance. PLDI",
    seen: "abstract",
  },
  experiment:
    "The share of bytes that are freed before so many further bytes have been allocated: 4, 32 and 256 KB, as the abstract does not say how short is short. Blocks never freed live for ever; a realloc ends one block and begins another.",
  over: "programs",
  parameters: {},
  figures: [
    ...SHORT.map((bytes) => ({
      name: `short-lived bytes, within ${bytes / 1024} KB`,
      unit: "share" as const,
      ...(bytes === 32_768 ? { expect: atLeast(0.9), why: "more than 90 %" } : {}),
      at: ["share of bytes", "measured", `${bytes / 1024} KB`] as const,
    })),
    { name: "bytes never freed", unit: "share", at: ["share of bytes", "measured", "never freed"] },
    {
      name: "MB allocated in all",
      at: ["MB allocated", "measured", "in all"],
    },
  ],
  measure({ trace }) {
    const { within, forever, bytes } = byteLifetimes(trace, SHORT);
    return {
      ...Object.fromEntries(
        SHORT.map((limit, i) => [`short-lived bytes, within ${limit / 1024} KB`, within[i]! / bytes]),
      ),
      "bytes never freed": forever / bytes,
      "MB allocated in all": bytes / 1e6,
    };
  },
  note: "These are short runs of utilities: much of what they allocate lives to their end, and exit frees it. The share of bytes never freed says how much; the programs of the paper allocated so much that what stayed could not matter.",
};

/** Bytes that were freed before `limits` further bytes had been allocated, bytes never freed, and all. */
export function byteLifetimes(trace: Trace, limits: readonly number[]) {
  const births = new Float64Array(trace.ids);
  const sizes = new Float64Array(trace.ids);
  const within = limits.map(() => 0);
  let [clock, freed] = [0, 0];
  for (let i = 0; i < trace.length; i++) {
    const [kind, id] = [trace.kindAt(i), trace.idAt(i)];
    if (kind !== "malloc") {
      const age = clock - births[id]!;
      freed += sizes[id]!;
      for (const [at, limit] of limits.entries()) if (age <= limit) within[at]! += sizes[id]!;
    }
    if (kind === "free") continue;
    clock += trace.sizeAt(i);
    births[id] = clock;
    sizes[id] = trace.sizeAt(i);
  }
  return { within, forever: clock - freed, bytes: clock };
}

export const regions: ClassicResult = {
  title: "Regions take memory",
  chapter: "programs",
  claim:
    "Custom allocators seldom pay; regions are the exception in speed, but as nothing in a region can be freed alone, they can take substantially more memory.",
  source: {
    authors: "Berger, Zorn and McKinley",
    year: 2002,
    work: "Reconsidering custom memory allocation. OOPSLA",
    seen: "abstract",
  },
  experiment:
    "Each program as if it were one region: nothing is reused, and all is freed at the end. Its bytes over those of first fit. (Speed cannot be judged with simulated addresses.)",
  over: "programs",
  parameters: {},
  figures: [
    { name: "bytes of the region / peak live", at: ["memory / peak live bytes", "one region", "region"] },
    { name: "bytes of first fit / peak live", at: ["memory / peak live bytes", "first fit", "first fit"] },
    {
      name: "region / first fit",
      expect: atLeast(1.25),
      why: "substantially more: at least a quarter",
      at: ["region / first fit", "measured", "ratio"],
    },
    {
      name: "doublings, region against first fit",
      expect: atLeast(Math.log2(1.25)),
      why: "the same as a logarithm, in which one program of eight cannot outweigh the rest",
      at: ["doublings", "measured", "region against first fit"],
    },
  ],
  measure({ trace }) {
    const { bytes } = byteLifetimes(trace, []);
    const { highWater } = replay(trace, new FreeList(0, 1, GROWS));
    return {
      "bytes of the region / peak live": bytes / trace.peakLive,
      "bytes of first fit / peak live": highWater / trace.peakLive,
      "region / first fit": bytes / highWater,
      "doublings, region against first fit": Math.log2(bytes / highWater),
    };
  },
};

const ACCURACIES = [1, 0.95, 0.8];
const PAGES = [4096, 65_536];

export const byLifetime: ClassicResult = {
  title: "A heap by lifetimes",
  chapter: "programs",
  claim:
    "Long-lived objects that are allocated at peaks of memory use hold pages for ever, the more the larger pages are. A heap that is organised by predicted lifetimes, instead of sizes, loses less (up to 78 % less, on production servers), and tolerates mispredictions.",
  source: {
    authors: "Maas, Andersen, Isard, Javanmard, McKinley and Raffel",
    year: 2020,
    work: "Learning-based memory allocation for C++ server workloads. ASPLOS",
    seen: "abstract",
  },
  experiment:
    "A model: peaks of short-lived objects of 16 to 496 bytes, one in a hundred of which stays. After the peaks, pages that still hold something, over live bytes: in one heap by first fit, and in two heaps, chosen by a prediction that is right with a given probability.",
  over: "seeds",
  parameters: { peaks: 3, objects: 4000, long: 0.01 },
  figures: PAGES.flatMap((page) => [
    {
      name: `held / live, one heap, ${page / 1024} KB pages`,
      at: [`held / live bytes, ${page / 1024} KB pages`, "one heap", "no prediction"] as const,
    },
    ...ACCURACIES.map((accuracy) => ({
      name: `held / live, by lifetime, right ${100 * accuracy} %, ${page / 1024} KB pages`,
      at: [`held / live bytes, ${page / 1024} KB pages`, "by lifetime", `${100 * accuracy} %`] as const,
    })),
    ...ACCURACIES.map((accuracy) => ({
      name: `loss avoided, right ${100 * accuracy} %, ${page / 1024} KB pages`,
      unit: "share" as const,
      expect: atLeast(0),
      why: "less is lost",
      at: ["loss avoided", `${page / 1024} KB pages`, `${100 * accuracy} %`] as const,
    })),
  ]),
  measure({ random, parameters }) {
    const measured: Record<string, number> = {};
    const mixed = heldPages(random, parameters, null);
    const sorted = ACCURACIES.map((accuracy) => heldPages(random, parameters, accuracy));
    for (const [p, page] of PAGES.entries()) {
      measured[`held / live, one heap, ${page / 1024} KB pages`] = mixed[p]!;
      for (const [a, accuracy] of ACCURACIES.entries()) {
        const label = `right ${100 * accuracy} %, ${page / 1024} KB pages`;
        measured[`held / live, by lifetime, ${label}`] = sorted[a]![p]!;
        measured[`loss avoided, ${label}`] = 1 - (sorted[a]![p]! - 1) / (mixed[p]! - 1);
      }
    }
    return measured;
  },
  note: "It is a model, with peaks and lifetimes of our own, so that only the direction can be compared, not the 78 %. Predictions that are wrong one time in five avoid nothing when pages are large: few long-lived objects among the short-lived ones hold most pages.",
};

/** After the peaks: bytes of the pages that hold something, over live bytes, for each size of `PAGES`. `accuracy` null: one heap. */
function heldPages(
  random: Random,
  parameters: Readonly<Record<string, number>>,
  accuracy: number | null,
): number[] {
  const { peaks, objects, long } = parameters as { peaks: number; objects: number; long: number };
  const heaps = [new FreeList(0, 16, GROWS), new FreeList(0, 16, GROWS)];
  const size = uniformSizes(1, 31).sampler(random);
  for (let peak = 0; peak < peaks; peak++) {
    const dying: [FreeList, number][] = [];
    for (let i = 0; i < objects; i++) {
      const stays = random.random() < long;
      const predicted = random.random() < (accuracy ?? 1) ? stays : !stays;
      const heap = heaps[accuracy !== null && predicted ? 1 : 0]!;
      const address = heap.malloc(16 * size())!;
      if (!stays) dying.push([heap, address]);
    }
    for (const [heap, address] of dying) heap.free(address);
  }
  const live = heaps.reduce((sum, heap) => sum + heap.usedBytes, 0);
  return PAGES.map((page) => heaps.reduce((sum, heap) => sum + bytesHeld(heap, page), 0) / live);
}

/** Bytes of the pages in which some part of a block lies. */
function bytesHeld(heap: Heap, page: number): number {
  const held = new Set<number>();
  for (const { address, size, free } of heap.blocks()) {
    if (free) continue;
    for (let at = Math.floor(address / page); at * page < address + size; at++) held.add(at);
  }
  return held.size * page;
}
