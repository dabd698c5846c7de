/**
 * @internal An integer uniformly distributed over 0 to `limit − 1`, from numbers of 53 random bits over [0, 1): the
 * draws that would make the lower integers more likely are rejected. `limit` is from 1 to 2^53 − 1.
 */
export function uniformBelow(uniform: () => number, limit: number): number {
  const fair = 2 ** 53 - (2 ** 53 % limit);
  for (;;) {
    const draw = Math.floor(uniform() * 2 ** 53);
    if (draw < fair) return draw % limit;
  }
}
