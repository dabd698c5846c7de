import type { Extent } from "../../heap/block";

/** Where a part of a strip is drawn, in pixels. */
export interface Placed<Part> {
  readonly part: Part;
  readonly left: number;
  readonly width: number;
}

/**
 * Lays a heap out as a strip: every part as wide as its share of the bytes, but never narrower than what is written in it, and in as
 * many rows as that takes. All rows have the same scale, so that sizes can be compared by eye.
 * @param parts what lies one behind the other
 * @param width pixels of a row
 * @param least pixels that a part needs
 */
export function stripRows<Part extends Pick<Extent, "size">>(
  parts: readonly Part[],
  width: number,
  least: (part: Part) => number,
): Placed<Part>[][] {
  const needs = parts.map((part) => Math.min(width, least(part)));
  const rows: number[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const [i, need] of needs.entries()) {
    if (used + need > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(i);
    used += need;
  }
  const widthsAt = (scale: number, row: readonly number[]) =>
    row.map((i) => Math.max(needs[i]!, scale * parts[i]!.size));
  const scale = Math.min(...rows.map((row) => largestScale((by) => sum(widthsAt(by, row)), width)));
  return rows.map((row) => {
    const widths = widthsAt(scale, row);
    return row.map((i, at) => ({
      part: parts[i]!,
      left: Math.round(sum(widths.slice(0, at))),
      width: Math.round(sum(widths.slice(0, at + 1))) - Math.round(sum(widths.slice(0, at))),
    }));
  });
}

/** The largest pixels a byte with which a row is no longer than `width`. */
function largestScale(lengthAt: (scale: number) => number, width: number): number {
  let [low, high] = [0, width];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (lengthAt(middle) <= width) low = middle;
    else high = middle;
  }
  return low;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}
