import type { History, RecordedOperation } from "./history";

/**
 * The first step at which runs of the same requests differ: a payload address, a denial, a free that finds no block; or a request
 * of another kind, size or block. Addresses count from the base of each heap. When the runs agree as far as the shortest goes but
 * are not of one length, it is the first step that not all of them have; null when they do not differ at all.
 * Runs the histories to their ends if that has not been done: see `History.prepare`.
 *
 * @example firstDifference([firstFitRun, bestFitRun]);
 */
export function firstDifference(histories: readonly History[]): number | null {
  const [first, ...others] = histories;
  if (!first) return null;
  const base = first.survey().base;
  const lengths = histories.map((history) => history.length);
  const shortest = Math.min(...lengths);
  const bases = others.map((other) => other.survey().base);
  for (let step = 1; step <= shortest; step++) {
    const expected = first.operationAt(step);
    if (others.some((other, i) => differ(expected, other.operationAt(step), bases[i]! - base))) return step;
  }
  return lengths.every((length) => length === shortest) ? null : shortest + 1;
}

function differ(a: RecordedOperation, b: RecordedOperation, shift: number): boolean {
  return (
    a.kind !== b.kind ||
    a.request !== b.request ||
    a.freed !== b.freed ||
    shifted(a.target, shift) !== b.target ||
    shifted(a.address, shift) !== b.address
  );
}

function shifted(address: number | null, shift: number): number | null {
  return address === null ? null : address + shift;
}
