import fc from "fast-check";
import { expect, test } from "vitest";
import { SizeSet } from "./size-set";

test("SizeSet holds what was added, whatever overlaps, touches or is empty", () => {
  const range = fc.tuple(fc.nat(40), fc.nat(12)).map(([start, length]) => [start, start + length] as const);
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), fc.nat(60), (ranges, from) => {
      const set = new SizeSet();
      const naive = new Set<number>();
      for (const [start, end] of ranges) {
        set.add(start, end);
        for (let size = start; size < end; size++) naive.add(size);
      }
      let outside = from;
      while (naive.has(outside)) outside++;
      expect(set.firstOutside(from)).toBe(outside);
      let inside = from;
      while (!naive.has(inside) && inside < 100) inside++;
      expect(set.firstInside(from)).toBe(inside === 100 ? Number.POSITIVE_INFINITY : inside);
    }),
    { numRuns: 2000 },
  );
});
