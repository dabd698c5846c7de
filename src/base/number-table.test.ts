import fc from "fast-check";
import { expect, test } from "vitest";
import { NumberTable } from "./number-table";

/** Numbers near each other, far apart, and beyond 2^32. */
const anyNumber = fc.oneof(
  fc.nat(40),
  fc.nat(40).map((n) => n * 4096),
  fc.nat(40).map((n) => 2 ** 40 + n * 8),
);

test("a NumberTable answers as a Map does, also after going back to a saved state", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), anyNumber), { maxLength: 400 }),
      fc.nat(400),
      (acts, savedAt) => {
        const table = new NumberTable();
        const map = new Map<number, number>();
        let saved = table.save();
        let savedMap = new Map(map);
        acts.forEach(([put, key], i) => {
          if (put) {
            table.set(key, i + 1);
            map.set(key, i + 1);
          } else {
            table.delete(key);
            map.delete(key);
          }
          expect(table.size).toBe(map.size);
          if (i !== savedAt) return;
          saved = table.save();
          savedMap = new Map(map);
        });
        for (const [, key] of acts) expect(table.get(key)).toBe(map.get(key) ?? 0);
        const entries = new Map<number, number>();
        table.forEach((key, value) => void entries.set(key, value));
        expect(entries).toEqual(map);
        table.load(saved);
        expect(table.size).toBe(savedMap.size);
        for (const [, key] of acts) expect(table.get(key)).toBe(savedMap.get(key) ?? 0);
      },
    ),
  );
});

test("a NumberTable has nothing at what is no number from 0 on", () => {
  const table = new NumberTable();
  table.set(0, 7);
  for (const none of [-1, Number.NaN, -0.5]) {
    table.delete(none);
    expect(table.get(none)).toBe(0);
  }
  expect(table.get(0)).toBe(7);
});
