/** A mean, and the interval that holds the true mean in 95 of 100 such samples. */
export interface TInterval {
  /** Number of samples; at least 1. */
  readonly n: number;
  readonly mean: number;
  /** Ends of the interval: `mean ± t · s / √n`; minus and plus infinity for a single sample. */
  readonly low: number;
  readonly high: number;
}

/**
 * Student's 95 % interval for the mean of independent samples of one quantity ("Student": The probable error of a mean. Biometrika 6,
 * 1908). It takes the samples for roughly normal: those here are averages over thousands of steps.
 * @throws RangeError when there is no sample or one is no finite number
 */
export function tInterval(samples: readonly number[]): TInterval {
  const n = samples.length;
  if (n === 0) throw new RangeError("A t-interval takes at least one sample, not none: measure something.");
  const wrong = samples.find((sample) => !Number.isFinite(sample));
  if (wrong !== undefined) throw new RangeError(`A sample is a finite number, not ${wrong}.`);
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / n;
  if (n === 1) return { n, mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const squares = samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0);
  const half = tQuantile(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { n, mean, low: mean - half, high: mean + half };
}

/** 97.5 % quantiles of Student's t, three decimals, for 1 to 30 degrees of freedom. */
const QUANTILES = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The value that Student's t with `freedom` degrees of freedom, at least 1, stays below with probability 0.975. */
export function tQuantile(freedom: number): number {
  // Beyond the table, Cornish and Fisher's expansion about the normal quantile: three decimals as well.
  const z = 1.959964;
  const more = (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
  return QUANTILES[freedom - 1] ?? z + more;
}
