import type { History } from "./history";

/**
 * The `StepFlag` bits of every step: entry k says what the operation that led to step k did; entry 0 is 0. One byte a step.
 * Runs the history to its end if that has not been done: see `History.prepare`.
 *
 * @example const splits = stepFlags(history).filter((bits) => bits & StepFlag.split).length;
 */
export function stepFlags(history: History): Uint8Array {
  const flags = new Uint8Array(history.length + 1);
  for (const { from, first, known, columns } of history.surveys()) {
    flags.set(columns.flags.subarray(first - from, known - from + 1), first);
  }
  return flags;
}

/**
 * The nearest step after `step` (or before it, when `direction` is −1) with any of the bits of `mask`; null when there is none.
 * @param flags what `stepFlags` returned
 * @param mask for example `StepFlag.split | StepFlag.merge`
 */
export function nextFlagged(
  flags: Uint8Array,
  step: number,
  mask: number,
  direction: 1 | -1 = 1,
): number | null {
  for (let k = step + direction; flags[k] !== undefined; k += direction) {
    if (flags[k]! & mask) return k;
  }
  return null;
}
