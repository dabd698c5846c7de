/** Pseudo-random whole numbers from 0 to `below − 1`, for tests: xorshift32 (Marsaglia 2003). */
export function numbers(seed: number): (below: number) => number {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
