import { checkNumber } from "../../base/wrong-argument";
import type { Random } from "../../random/random";

/** A distribution of request sizes. */
export interface Sizes {
  /** What it is, for a trace's source: "uniform from 1 to 1000". */
  readonly name: string;
  /** A function that draws one size after the other from `random`: integers of at least 1, in bytes. */
  sampler(random: Random): () => number;
}

/** @internal Sizes whose sampler rounds the numbers of `draw` to whole bytes, at least 1. */
export function roundedSizes(name: string, draw: (random: Random) => () => number): Sizes {
  return {
    name,
    sampler(random) {
      const next = draw(random);
      return () => Math.max(1, Math.round(next()));
    },
  };
}

/** @internal Checks the mean or deviation of a distribution: a finite number of at least `least` bytes. */
export function checkBytes(name: string, value: number, least: number): void {
  if (typeof value !== "number") checkNumber(name, value, least, "give a number of bytes");
  if (Number.isFinite(value) && value >= least) return;
  throw new RangeError(`${name} is a finite number of bytes from ${least}, not ${value}: choose one.`);
}
