import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pythonRandom } from "./python-random";

interface Case {
  readonly seed: string;
  readonly negative: boolean;
  readonly first: readonly number[];
  readonly last: number;
}

const FIXTURE = join(__dirname, "fixtures/reference.json");
const CASES: readonly Case[] = JSON.parse(readFileSync(FIXTURE, "utf8")).python;

describe("pythonRandom", () => {
  it.each(CASES)("draws CPython's 400 numbers for the seed $seed (negative: $negative)", (each) => {
    const seed = each.negative ? -BigInt(each.seed) : BigInt(each.seed);
    const random = pythonRandom(seed);
    const values = Array.from({ length: 400 }, () => random.random());
    expect(values.slice(0, 4)).toEqual(each.first);
    expect(values[399]).toBe(each.last);
  });

  it("takes a number like the same bigint, and -0 like 0", () => {
    for (const seed of [0, 7, -7, Number.MAX_SAFE_INTEGER]) {
      expect(pythonRandom(seed).random()).toBe(pythonRandom(BigInt(seed)).random());
    }
    expect(pythonRandom(-0).random()).toBe(pythonRandom(0).random());
  });

  it.each([0.5, Number.NaN, Number.NEGATIVE_INFINITY, 2 ** 53])("refuses the seed %d", (seed) => {
    expect(() => pythonRandom(seed)).toThrow(RangeError);
    expect(() => pythonRandom(seed)).toThrow(`not ${seed}`);
  });

  it("refuses a seed of another kind", () => {
    expect(() => pythonRandom("0" as unknown as number)).toThrow(TypeError);
  });
});
