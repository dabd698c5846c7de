import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { numpyRandom } from "./numpy-random";
import type { Random } from "./random";

interface Case {
  readonly seed: number;
  readonly method: "random" | "randint" | "binomial" | "choice" | "triangular";
  readonly args: readonly number[];
  readonly values: readonly number[];
  readonly next: number;
}

const FIXTURE = join(__dirname, "fixtures/reference.json");
const CASES: readonly Case[] = JSON.parse(readFileSync(FIXTURE, "utf8")).numpy;

function draw(random: Random, { method, args }: Case): number {
  const [a, b, c] = args as [number, number, number];
  if (method === "randint") return random.randint(a, b);
  if (method === "binomial") return random.binomial(a, b);
  if (method === "choice") return random.choice(Array.from({ length: a }, (_, i) => i));
  if (method === "triangular") return random.triangular(a, b, c);
  return random.random();
}

describe("numpyRandom", () => {
  const calls = new Map<string, Case[]>();
  for (const each of CASES) {
    const call = `${each.method}(${each.args.join(", ")})`;
    calls.set(call, [...(calls.get(call) ?? []), each]);
  }

  it.each([...calls])("draws %s as NumPy does, and goes on from the same place", (_, cases) => {
    expect(cases.length).toBe(5);
    for (const each of cases) {
      const random = numpyRandom(each.seed);
      if (each.method === "random") for (let i = 0; i < 700; i++) random.random();
      expect(each.values.map(() => draw(random, each))).toEqual(each.values);
      expect(random.random()).toBe(each.next);
    }
  });

  it("without a seed has the seed 0", () => {
    expect(numpyRandom().random()).toBe(0.5488135039273248);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY])("refuses the seed %d", (seed) => {
    expect(() => numpyRandom(seed)).toThrow(RangeError);
    expect(() => numpyRandom(seed)).toThrow(`0 to 2^32 − 1, not ${seed}`);
  });

  it("refuses a seed that is no number", () => {
    expect(() => numpyRandom("0" as unknown as number)).toThrow(TypeError);
  });
});
