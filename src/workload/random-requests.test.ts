import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../random/seeded-random";
import { randomRequests } from "./random-requests";

const SEED = "requests";

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
