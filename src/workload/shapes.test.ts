import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import type { Random } from "../random/random";
import { seededRandom } from "../random/seeded-random";
import { replay } from "../run/replay";
import type { Trace } from "../trace/trace";
import { fifoLifetimes, lifetimesOf, lifoLifetimes } from "./lifetimes";
import { peak, phases, plateau, ramp, randomRequests, steadyState } from "./shapes";
import { uniformSizes } from "./sizes";

const SEED = "shapes";
const sizes = uniformSizes(1, 100);
const random = () => seededRandom(SEED);

/** Live blocks after each operation. */
function liveCounts(trace: Trace): number[] {
  let live = 0;
  return [...trace].map(({ kind }) => {
    live += kind === "malloc" ? 1 : -1;
    return live;
  });
}

const WORKLOADS: [string, (random: Random) => Trace][] = [
  ["steadyState", (source) => steadyState(source, { live: 50, steps: 200, sizes })],
  ["ramp", (source) => ramp(source, { live: 100, sizes })],
  ["peak", (source) => peak(source, { live: 60, rest: 10, peaks: 3, churn: 0.5, sizes })],
  ["plateau", (source) => plateau(source, { live: 40, steps: 200, temporaries: 5, sizes })],
  ["phases", (source) => phases(source, [{ live: 30, steps: 20, keep: 3, sizes }])],
];

describe.each(WORKLOADS)("%s", (_, workload) => {
  it("is the same for the same seed", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(workload(seededRandom(seed)).equals(workload(seededRandom(seed)))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  // Not for any two: one that repeats another, "11" and "1", is the same seed to seededRandom.
  it("is another for each of a hundred other seeds", () => {
    const traces = Array.from({ length: 100 }, (_, seed) => workload(seededRandom(`seed ${seed}`)));
    const different = traces.filter((trace, i) => !traces.slice(0, i).some((other) => other.equals(trace)));
    expect(different.length).toBe(100);
  });

  it("says what it is, asks for sizes of its distribution, and uses no more ids than blocks live at once", () => {
    const trace = workload(random());
    expect(trace.name).not.toBe("");
    expect(trace.source).toContain("sizes uniform from 1 to 100, lifetimes random");
    expect(trace.source).toContain(`; seed "${SEED}"`);
    for (const operation of trace)
      if (operation.kind === "malloc") expect(operation.size).toBeLessThanOrEqual(100);
    expect(trace.ids).toBe(Math.max(...liveCounts(trace)));
  });
});

describe(`steadyState, seed ${SEED}`, () => {
  it("fills up, then frees one and allocates one at each step", () => {
    const trace = steadyState(random(), { live: 50, steps: 200, sizes });
    const counts = liveCounts(trace);
    expect(counts.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(counts.slice(50)).toEqual(Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 49 : 50)));
  });

  it("gives equal lifetimes under first in, first out, and one block all the work under last in, first out", () => {
    const ended = (trace: Trace) =>
      lifetimesOf(trace).filter((lifetime) => lifetime !== Number.POSITIVE_INFINITY);
    const fifo = steadyState(random(), { live: 50, steps: 200, sizes, lifetimes: fifoLifetimes });
    expect(new Set(ended(fifo))).toEqual(new Set([49]));
    const lifo = steadyState(random(), { live: 50, steps: 200, sizes, lifetimes: lifoLifetimes });
    expect(new Set(ended(lifo))).toEqual(new Set([0]));
  });

  it("gives random lifetimes the mean of the live blocks, and a geometric spread", () => {
    const lifetimes = lifetimesOf(steadyState(random(), { live: 100, steps: 40_000, sizes })).slice(
      100,
      36_000,
    );
    const mean = lifetimes.reduce((sum, each) => sum + each, 0) / lifetimes.length;
    expect(mean / 99).toBeCloseTo(1, 1);
    const median = lifetimes.sort((a, b) => a - b)[lifetimes.length / 2]!;
    expect(median / (99 * Math.LN2)).toBeCloseTo(1, 1);
  });

  it("shows Knuth's fifty-percent rule on first fit: half as many holes as blocks, times p", () => {
    const trace = steadyState(random(), { live: 200, steps: 8000, sizes: uniformSizes(1, 1000) });
    const heap = new FreeList(0, 1, { growable: true });
    let splits = 0;
    let mallocs = 0;
    heap.listen((event) => {
      if (event.kind !== "malloc") return;
      mallocs++;
      if (event.remainder !== null || event.grown > 0) splits++;
    });
    const { meanHoles } = replay(trace, heap, { statistics: true });
    expect(meanHoles! / 200 / (splits / mallocs / 2)).toBeCloseTo(1, 0.7);
  });
});

describe(`ramp, seed ${SEED}`, () => {
  it("grows one by one and replaces `churn` blocks after each", () => {
    const trace = ramp(random(), { live: 100, churn: 2, sizes });
    expect(trace.length).toBe(100 + 2 * 200);
    expect(liveCounts(trace).slice(0, 5)).toEqual([1, 0, 1, 0, 1]);
    expect(liveCounts(trace).at(-1)).toBe(100);
    expect(Math.max(...liveCounts(trace))).toBe(100);
  });

  it("replaces a fraction of a block on average", () => {
    expect(ramp(random(), { live: 100, churn: 0.25, sizes }).length).toBe(100 + 2 * 25);
    expect(ramp(random(), { live: 100, churn: 0, sizes }).length).toBe(100);
  });
});

describe(`peak, seed ${SEED}`, () => {
  it("rises from rest to live and falls back, once a peak", () => {
    const counts = liveCounts(peak(random(), { live: 6, rest: 2, peaks: 2, sizes }));
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 3, 4, 5, 6, 5, 4, 3, 2]);
  });

  it("ends with nothing live unless there is a rest", () => {
    expect(liveCounts(peak(random(), { live: 30, churn: 1, sizes })).at(-1)).toBe(0);
  });
});

describe(`plateau, seed ${SEED}`, () => {
  it("keeps its data while temporaries come and go, and frees everything at the end", () => {
    const trace = plateau(random(), { live: 40, steps: 200, temporaries: 5, sizes });
    const counts = liveCounts(trace);
    expect(trace.length).toBe(2 * 240);
    expect(Math.max(...counts)).toBe(45);
    expect(Math.min(...counts.slice(40, -40))).toBe(40);
    expect(counts.at(-1)).toBe(0);
    expect(
      lifetimesOf(trace)
        .slice(0, 40)
        .every((lifetime) => lifetime >= 200),
    ).toBe(true);
  });

  it("has no more temporaries than steps", () => {
    expect(liveCounts(plateau(random(), { live: 2, steps: 1, temporaries: 5, sizes }))).toEqual([
      1, 2, 3, 2, 1, 0,
    ]);
  });
});

describe(`phases, seed ${SEED}`, () => {
  it("builds up each phase with its own sizes and leaves its survivors", () => {
    const small = { live: 20, steps: 10, keep: 4, sizes: uniformSizes(1, 10) };
    const large = { live: 10, sizes: uniformSizes(1000, 2000), lifetimes: lifoLifetimes };
    const trace = phases(random(), [small, large, small]);
    const asked = [...trace].flatMap((operation) => (operation.kind === "malloc" ? [operation.size] : []));
    expect(asked.map((size) => size >= 1000)).toEqual([
      ...new Array(30).fill(false),
      ...new Array(10).fill(true),
      ...new Array(30).fill(false),
    ]);
    expect(liveCounts(trace).at(-1)).toBe(8);
    expect(Math.max(...liveCounts(trace))).toBe(4 + 20);
  });

  it("of no phase is empty", () => {
    expect(phases(random(), []).length).toBe(0);
  });
});

describe(`randomRequests, seed ${SEED}`, () => {
  it("allocates each key's request, and each key once at a time", () => {
    const requests = [40, 8, 40, 640];
    const trace = randomRequests(seededRandom(SEED), { requests, steps: 500 });
    expect(trace.ids).toBe(4);
    expect(trace.length).toBeLessThan(500);
    for (const operation of trace) {
      if (operation.kind === "malloc") expect(operation.size).toBe(requests[operation.id]);
    }
  });

  it("keeps a share of the keys live that is the probability of a malloc", () => {
    const requests = new Array<number>(1000).fill(8);
    const trace = randomRequests(seededRandom(SEED), { requests, steps: 20_000, mallocProbability: 0.3 });
    let live = 0;
    for (const { kind } of trace) live += kind === "malloc" ? 1 : -1;
    expect(live / 1000).toBeCloseTo(0.3, 1);
    const all = randomRequests(seededRandom(SEED), { requests, steps: 20_000, mallocProbability: 1 });
    expect([...all].every(({ kind }) => kind === "malloc")).toBe(true);
  });

  it("is the same for the same seed", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const make = () => randomRequests(seededRandom(seed), { requests: [1, 2, 3], steps: 100 });
        expect(make().equals(make())).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it("refuses what it cannot draw from", () => {
    const make = (requests: number[], steps: number, mallocProbability: number) => () =>
      randomRequests(seededRandom(SEED), { requests, steps, mallocProbability });
    expect(make([], 1, 0.5)).toThrow(RangeError);
    expect(make([1], -1, 0.5)).toThrow("options.steps");
    expect(make([1], 1, 2)).toThrow("p is from 0 to 1, not 2");
    expect(make([-1], 9, 1)).toThrow("not -1");
    expect(make([1], 0, 1)().length).toBe(0);
  });
});

describe("bad options", () => {
  const bad: [string, () => unknown][] = [
    ["options.live must be an integer from 1", () => steadyState(random(), { live: 0, steps: 5, sizes })],
    ["options.steps must be an integer from 0", () => steadyState(random(), { live: 1, steps: -5, sizes })],
    ["options.churn is a finite number from 0, not -1", () => ramp(random(), { live: 5, churn: -1, sizes })],
    ["options.rest is at most options.live, not 6 > 5", () => peak(random(), { live: 5, rest: 6, sizes })],
    ["options.peaks", () => peak(random(), { live: 5, peaks: 0, sizes })],
    ["options.temporaries", () => plateau(random(), { live: 5, steps: 5, temporaries: 0, sizes })],
    ["phase.keep is at most phase.live, not 6 > 5", () => phases(random(), [{ live: 5, keep: 6, sizes }])],
  ];
  it.each(bad)("throws a RangeError: %s", (message, make) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });

  it("throws a TypeError without sizes", () => {
    const options = { live: 5, steps: 5 } as unknown as Parameters<typeof steadyState>[1];
    expect(() => steadyState(random(), options)).toThrow("give, for example, uniformSizes(16, 1024)");
  });
});
