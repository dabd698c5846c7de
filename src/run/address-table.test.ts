import fc from "fast-check";
import { expect, test } from "vitest";
import { AddressTable } from "./address-table";

/** Addresses near each other, far apart, and beyond 2^32. */
const address = fc.oneof(
  fc.nat(40),
  fc.nat(40).map((n) => n * 4096),
  fc.nat(40).map((n) => 2 ** 40 + n * 8),
);

test("an AddressTable answers as a Map does, also after going back to a saved state", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), address), { maxLength: 400 }),
      fc.nat(400),
      (acts, savedAt) => {
        const table = new AddressTable();
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
        table.load(saved);
        expect(table.size).toBe(savedMap.size);
        for (const [, key] of acts) expect(table.get(key)).toBe(savedMap.get(key) ?? 0);
      },
    ),
  );
});

test("an AddressTable has nothing at what is no address", () => {
  const table = new AddressTable();
  table.set(0, 7);
  for (const none of [-1, Number.NaN, -0.5]) {
    table.delete(none);
    expect(table.get(none)).toBe(0);
  }
  expect(table.get(0)).toBe(7);
});
