import { BuddySystem } from "../heap/buddy-system";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { SegregatedFits } from "../heap/segregated-fits";
import { replay } from "../run/replay";
import type { Trace } from "../trace/trace";
import { shuffledTwin } from "../workload/shuffled-twin";
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
