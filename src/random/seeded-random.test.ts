import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import { seededRandom } from "./seeded-random";

describe("seededRandom", () => {
  it("draws the numbers of the package seedrandom", () => {
    const random = seededRandom("hello.");
    const reference = seedrandom("hello.");
    expect(random.random()).toBe(0.9282578795792454); // from the package's README
    reference();
    for (let i = 0; i < 100; i++) expect(random.random()).toBe(reference());
  });

  it("repeats itself with the same seed, and not with another", () => {
    const draws = (seed: string | number) => seededRandom(seed).randint(0, 2 ** 40, 20);
    expect(draws(7)).toEqual(draws("7"));
    expect(draws(7)).not.toEqual(draws(8));
    expect(draws("")).not.toEqual(draws(0));
  });

  it("takes a text and its repetitions for one seed", () => {
    for (const other of ["ab".repeat(2), "ab".repeat(3)])
      expect(seededRandom(other).random()).toBe(seededRandom("ab").random());
  });

  it("refuses a seed that would not repeat or is none", () => {
    for (const seed of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => seededRandom(seed)).toThrow(RangeError);
    for (const seed of [undefined, null, {}])
      expect(() => seededRandom(seed as unknown as string)).toThrow(TypeError);
  });
});
