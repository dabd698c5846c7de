import { describe, expect, it } from "vitest";
import { seededRandom } from "../random/seeded-random";
import { ramp, steadyState } from "./shapes";
import { uniformSizes } from "./sizes";
import { WORKLOADS, type WorkloadName } from "./workloads";

describe.each(Object.entries(WORKLOADS))("WORKLOADS.%s", (name, { description, defaults, make }) => {
  it("says in a line what it is", () => {
    expect(description).toMatch(/^[A-Z].{30,110}[^.]$/);
  });

  it("makes a few hundred to a few thousand operations of its defaults, repeatable by the seed", () => {
    const trace = make(seededRandom(1));
    expect(trace.length).toBeGreaterThan(200);
    expect(trace.length).toBeLessThan(5000);
    expect(trace.name).not.toBe("");
    expect(make(seededRandom(1)).equals(trace)).toBe(true);
    expect(make(seededRandom(2)).equals(trace)).toBe(name === "smallThenLarge");
  });

  it("cannot be changed", () => {
    expect(Object.isFrozen(WORKLOADS[name as WorkloadName])).toBe(true);
    expect(Object.isFrozen(defaults)).toBe(true);
  });
});

describe("make(random, options)", () => {
  it("is the maker of that name with the defaults", () => {
    const { make, defaults } = WORKLOADS.ramp;
    expect(make(seededRandom(3)).equals(ramp(seededRandom(3), defaults))).toBe(true);
  });

  it("takes the options that are given, and the defaults for the others", () => {
    const { make, defaults } = WORKLOADS.steadyState;
    const options = { live: 5, sizes: uniformSizes(8, 8) };
    const expected = steadyState(seededRandom(3), { ...defaults, ...options });
    expect(make(seededRandom(3), options).equals(expected)).toBe(true);
    expect(make(seededRandom(3), options).peakLive).toBe(40);
  });

  it("refuses what the maker refuses", () => {
    expect(() => WORKLOADS.peak.make(seededRandom(3), { live: 0 })).toThrow(
      "options.live must be an integer from 1",
    );
  });
});
