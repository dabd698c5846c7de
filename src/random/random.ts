/**
 * A source of random numbers: the same seed, the same numbers, on every machine. Whatever in this library draws takes
 * one, so that every run can be repeated. Its methods are named and parametrised after NumPy's.
 *
 * All throw before they draw anything: a TypeError for an argument of the wrong kind, a RangeError for a value.
 */
export interface Random {
  /** The stream and its seed, for a trace's source: "NumPy's stream of seed 0". */
  readonly name: string;

  /** A number uniformly distributed over [0, 1). */
  random(): number;

  /**
   * An integer, each from `low` up to, not including, `high` equally likely (no modulo bias).
   * `low < high`, and `high − low` is at most 2^53 − 1.
   */
  randint(low: number, high: number): number;
  /** `size` such integers. */
  randint(low: number, high: number, size: number): number[];

  /** The number of successes in `n` independent trials, each successful with probability `p`; 0 when `n` or `p` is 0. */
  binomial(n: number, p: number): number;

  /** One of `items`, each equally likely. There must be one. */
  choice<T>(items: readonly T[]): T;

  /**
   * A number from `left` to `right` whose density rises linearly up to `mode` and falls linearly from there.
   * `left <= mode <= right` and `left < right`, all finite.
   */
  triangular(left: number, mode: number, right: number): number;
  /** `size` such numbers. */
  triangular(left: number, mode: number, right: number, size: number): number[];
}
