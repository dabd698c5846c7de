import { mersenne, mersenneFromState } from "pure-rand/generator/mersenne";

/** @internal Draws unsigned words of 32 bits from a Mersenne Twister (Matsumoto and Nishimura, 1998). */
export type Words = () => number;

const STATE_LENGTH = 624;

/** @internal The words of MT19937 after the reference's `init_genrand(seed)`; `seed` is of 32 bits. */
export function wordsBySeed(seed: number): Words {
  const twister = mersenne(seed);
  return () => twister.next() >>> 0;
}

/** @internal The words of MT19937 after the reference's `init_by_array(key)`; `key` holds words of 32 bits. */
export function wordsByKey(key: readonly number[]): Words {
  const twister = mersenneFromState([0, ...stateByKey(key)]);
  // The reference twists the whole state before its first word; pure-rand twists an entry when it has been drawn.
  for (let i = 0; i < STATE_LENGTH; i++) twister.next();
  return () => twister.next() >>> 0;
}

/** @internal A number uniformly distributed over the 2^53 multiples of 2^-53 in [0, 1), from two words. */
export function uniform53(words: Words): number {
  const high = words() >>> 5;
  const low = words() >>> 6;
  return (high * 2 ** 26 + low) / 2 ** 53;
}

/** The state that `init_by_array` of mt19937ar.c leaves behind, as words of 32 bits, before the first twist. */
function stateByKey(key: readonly number[]): number[] {
  const state = new Int32Array(STATE_LENGTH);
  state[0] = 19650218;
  for (let i = 1; i < STATE_LENGTH; i++) state[i] = Math.imul(1812433253, mixed(state, i)) + i;
  let i = 1;
  const advance = () => {
    i++;
    if (i < STATE_LENGTH) return;
    state[0] = state[STATE_LENGTH - 1]!;
    i = 1;
  };
  for (let step = 0; step < Math.max(STATE_LENGTH, key.length); step++) {
    const j = step % key.length;
    state[i] = (state[i]! ^ Math.imul(mixed(state, i), 1664525)) + key[j]! + j;
    advance();
  }
  for (let step = 1; step < STATE_LENGTH; step++) {
    state[i] = (state[i]! ^ Math.imul(mixed(state, i), 1566083941)) - i;
    advance();
  }
  state[0] = 0x80000000;
  return [...state];
}

/** The entry before `i`, mixed with its own two highest bits. */
function mixed(state: Int32Array, i: number): number {
  const previous = state[i - 1]!;
  return previous ^ (previous >>> 30);
}
