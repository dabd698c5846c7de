/**
 * The first index from `low` up to, not including, `high` for which `holds` is true; `high` when there is none. `holds` must
 * be false up to some index and true from there on; it is asked O(log n) times (binary search: Knuth, TAOCP 3, 6.2.1).
 */
export function firstIndex(low: number, high: number, holds: (index: number) => boolean): number {
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
