import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import type { Random } from "../random/random";
import { replay } from "../run/replay";
import type { Trace } from "../trace/trace";
import { uniformSizes } from "../workload/sizes";
import { atLeast, type ClassicResult } from "./classic-result";

const GROWS = { growable: true } as const;

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
