import type { FitName } from "../heap/fits";
import { FreeList } from "../heap/free-list";
import { replay } from "../run/replay";
import type { Trace } from "../trace/trace";
import { drive, robsonAdversary, robsonBound } from "../workload/adversaries";
import { bestFitAdversary } from "./best-fit-adversary";
import { atMost, between, type ClassicResult, exactly } from "./classic-result";
import { leastMemory } from "./placement-game";
import { worstRun } from "./worst-run";

const FITS: readonly FitName[] = ["first", "next", "best", "worst"];

export const noEscape: ClassicResult = {
  title: "No allocator escapes",
  chapter: "worst",
  claim:
    "Whatever places blocks and cannot move them, some program that never has more than M words live, in requests of powers of two up to n, makes it use M (1 + ½ log2 n) − n + 1 words.",
  source: {
    authors: "Robson",
    year: 1971,
    work: "An estimate of the store size necessary for dynamic storage allocation. JACM 18(3); Bounds for some functions concerning dynamic storage allocation. JACM 21(3), 1974",
    seen: "secondary",
    by: "the abstract of Bendersky and Petrank 2011, for the factor log n",
  },
  experiment:
    "Robson's adversary, which looks where blocks were placed, against four fits; what each uses less the bound.",
  over: "nothing",
  parameters: { live: 1024, largest: 32 },
  figures: [
    { name: "the bound", at: ["words used", "the bound", "bound"] },
    ...FITS.map((fit) => ({ name: `used, ${fit} fit`, at: ["words used", "measured", fit] as const })),
    ...FITS.map((fit) => ({
      name: `used less the bound, ${fit} fit`,
      expect: exactly(0),
      why: "the bound is reached exactly",
      at: ["used less the bound", "measured", fit] as const,
    })),
  ],
  measure({ parameters }) {
    const options = parameters as { live: number; largest: number };
    const measured: Record<string, number> = { "the bound": robsonBound(options) };
    for (const fit of FITS) {
      const heap = new FreeList(0, 1, { fit, growable: true });
      drive(robsonAdversary(options), heap);
      measured[`used, ${fit} fit`] = heap.capacity;
      measured[`used less the bound, ${fit} fit`] = heap.capacity - robsonBound(options);
    }
    return measured;
  },
};

const LIVES = [2, 3, 4, 5, 6, 7];

export const oneAndTwo: ClassicResult = {
  title: "One and two words, exactly",
  chapter: "worst",
  claim:
    "The memory that the best placement needs, when at most n words are live in blocks of 1 and 2, is N(n, 2) = ⌊(3n − 1) / 2⌋; N(16, 2) is 23.",
  source: {
    authors: "Robson",
    year: 1974,
    work: "Bounds for some functions concerning dynamic storage allocation. JACM 21(3)",
    seen: "secondary",
    by: "exercise 38 of The Art of Computer Programming 1, section 2.5, as quoted at brain.tamnd.com",
  },
  experiment:
    "The game between who asks and who places is played to its end: every layout of the memory, backwards from those in which a request has no place.",
  over: "nothing",
  parameters: {},
  figures: LIVES.map((live) => ({
    name: `N(${live}, 2)`,
    expect: exactly(Math.floor((3 * live - 1) / 2)),
    why: "the formula",
    at: ["words of memory", "measured", `${live}`] as const,
  })),
  measure: () =>
    Object.fromEntries(LIVES.map((live) => [`N(${live}, 2)`, leastMemory({ live, sizes: [1, 2] })])),
};

const LARGEST = [8, 16, 32];

export const worstOfBest: ClassicResult = {
  title: "The worst of best fit",
  chapter: "worst",
  claim:
    "Best fit can be made to use m · n words less terms of a lower order, where n words are live and requests go up to m; the worst of first fit is only about log m times n.",
  source: {
    authors: "Robson",
    year: 1977,
    work: "Worst case fragmentation of first fit and best fit storage allocation strategies. Computer Journal 20(3)",
    seen: "secondary",
    by: "exercises 42 and 43 of The Art of Computer Programming 1, section 2.5, as quoted at brain.tamnd.com",
  },
  experiment:
    "A program that leaves best fit a row of holes too small for its next request. Its memory with 20 holes and with 80: what a word more of live memory costs. First fit runs the same program.",
  over: "nothing",
  parameters: { holes: 80 },
  figures: LARGEST.flatMap((m) => [
    {
      name: `words a live word, best fit, m = ${m}`,
      expect: between(m - 2, m),
      why: "m, less terms of a lower order",
      at: ["memory for each further live word", "best fit", `${m}`] as const,
    },
    {
      name: `words a live word, first fit, m = ${m}`,
      at: ["memory for each further live word", "first fit", `${m}`] as const,
    },
  ]),
  measure({ parameters }) {
    const { holes } = parameters as { holes: number };
    const measured: Record<string, number> = {};
    for (const m of LARGEST) {
      const [few, many] = [Math.ceil(holes / 4), holes].map((n) =>
        bestFitAdversary({ holes: n, largest: m }),
      );
      for (const fit of ["best", "first"] as const) {
        const more = usedBy(fit, many!) - usedBy(fit, few!);
        measured[`words a live word, ${fit} fit, m = ${m}`] = more / (many!.peakLive - few!.peakLive);
      }
    }
    return measured;
  },
};

/** Words that a fit uses for a trace, in a memory that is large enough. */
function usedBy(fit: FitName, trace: Trace): number {
  return replay(trace, new FreeList(trace.length * 64, 1, { fit })).highWater;
}

const SMALL = [
  { live: 4, largest: 2 },
  { live: 5, largest: 3 },
  { live: 6, largest: 3 },
  { live: 6, largest: 4 },
];

export const worstOfFirst: ClassicResult = {
  title: "The worst of first fit",
  chapter: "worst",
  claim:
    "First fit never needs more than n · H(m) / ln 2 words, where H(m) = 1 + 1/2 + … + 1/m: its worst case is not far from the best possible.",
  source: {
    authors: "Robson",
    year: 1977,
    work: "Worst case fragmentation of first fit and best fit storage allocation strategies. Computer Journal 20(3)",
    seen: "secondary",
    by: "exercise 43 of The Art of Computer Programming 1, section 2.5, as quoted at brain.tamnd.com",
  },
  experiment:
    "Every state that a small heap can get into under first fit is visited, and the largest taken; then Robson's adversary on larger ones. Both as a share of the bound.",
  over: "nothing",
  parameters: { live: 1024 },
  figures: [
    ...SMALL.map(({ live, largest }) => ({
      name: `worst / bound, n = ${live}, m = ${largest}`,
      unit: "share" as const,
      expect: atMost(1),
      why: "never above the bound",
      at: ["share of the bound", "all states", `n ${live}, m ${largest}`] as const,
    })),
    ...[8, 32, 128].map((largest) => ({
      name: `adversary / bound, m = ${largest}`,
      unit: "share" as const,
      expect: atMost(1),
      why: "never above the bound",
      at: ["share of the bound", "adversary", `n large, m ${largest}`] as const,
    })),
  ],
  measure({ parameters }) {
    const measured: Record<string, number> = {};
    for (const { live, largest } of SMALL) {
      const { memory } = worstRun({ fit: "first", live, largest });
      measured[`worst / bound, n = ${live}, m = ${largest}`] = memory / harmonicBound(live, largest);
    }
    for (const largest of [8, 32, 128]) {
      const live = Math.ceil(parameters.live! / largest) * largest;
      const heap = new FreeList(0, 1, { growable: true });
      drive(robsonAdversary({ live, largest }), heap);
      measured[`adversary / bound, m = ${largest}`] = heap.capacity / harmonicBound(live, largest);
    }
    return measured;
  },
};

/** n · H(m) / ln 2. */
function harmonicBound(live: number, largest: number): number {
  let sum = 0;
  for (let i = 1; i <= largest; i++) sum += 1 / i;
  return (live * sum) / Math.LN2;
}
