import { describe, expect, it } from "vitest";
import { MOST_UNITS } from "./arena";
import { FreeList } from "./free-list";
import { Rounding, withRoom } from "./rounding";

/** Options as a heap has checked them; the rest of them is not looked at. */
function rounding(heapSize: number, align: number, header = 0): Rounding {
  return new Rounding({ heapSize, align, header } as ConstructorParameters<typeof Rounding>[0]);
}

/** The definition, in whole numbers without an end. */
function unitsOf(request: number, align: number, header: number, unit: number): bigint {
  const [bytes, step] = [BigInt(request) + BigInt(header), BigInt(align)];
  const aligned = bytes === 0n ? step : ((bytes + step - 1n) / step) * step;
  return aligned / BigInt(unit);
}

const REQUESTS = [
  ...[0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 4096],
  ...[29, 30, 31, 32, 33, 52].flatMap((power) => [2 ** power - 1, 2 ** power, 2 ** power + 1]),
];

describe("a request becomes units", () => {
  it.each([
    [2 ** 20, 1, 0],
    [2 ** 20, 4, 0],
    [2 ** 20, 4, 4],
    [2 ** 20, 16, 8],
    [2 ** 20, 12, 0],
    [1000, 16, 0],
    [1000, 16, 20],
    [2 ** 32, 4, 2 ** 30 - 4],
    [2 ** 32, 4, 2 ** 30],
    [2 ** 34, 16, 2 ** 31],
    [2 ** 52, 2 ** 30, 0],
    [2 ** 52, 2 ** 31, 2 ** 40],
  ])("of a heap of %d bytes, alignment %d, header %d", (heapSize, align, header) => {
    const rounds = rounding(heapSize, align, header);
    for (const request of REQUESTS) {
      const units = unitsOf(request, align, header, rounds.unit);
      const counted = units <= MOST_UNITS ? Number(units) : MOST_UNITS + 1;
      expect([request, rounds.units(request)]).toEqual([request, counted]);
      if (units <= MOST_UNITS) expect(rounds.bytes(request)).toBe(counted * rounds.unit);
    }
  });

  it.each([-1, 0.5, Number.NaN, Infinity, 2 ** 53])("but %d is no request", (request) => {
    for (const rounds of [rounding(64, 4), rounding(64, 12), rounding(64, 4, 2 ** 31)])
      expect(() => rounds.units(request)).toThrow(/^request must be/);
  });
});

describe("an offset becomes units where it is a whole number of them", () => {
  it.each([
    [64, 1, 1],
    [64, 4, 4],
    [1000, 16, 8],
    [36, 12, 12],
    [40, 12, 4],
    [2 ** 52, 2 ** 31, 2 ** 31],
  ])("of a heap of %d bytes, alignment %d: of %d bytes", (heapSize, align, unit) => {
    const rounds = rounding(heapSize, align);
    expect(rounds.unit).toBe(unit);
    for (const units of [0, 1, 2, 3, 1000, MOST_UNITS - 1])
      expect([units, rounds.wholeUnits(units * unit)]).toEqual([units, units]);
    for (const bytes of [0.5, -unit, -1, -0.5, unit + 0.5, Number.NaN, Infinity])
      expect([bytes, rounds.wholeUnits(bytes) < 0]).toEqual([bytes, true]);
    if (unit > 1) for (const bytes of [1, unit - 1, unit + 1]) expect(rounds.wholeUnits(bytes)).toBe(-1);
  });
});

describe("an offset behind every heap", () => {
  it("is no unit, or one that no heap has", () => {
    expect(rounding(64, 1).wholeUnits(MOST_UNITS)).toBe(MOST_UNITS);
    for (const units of [MOST_UNITS, MOST_UNITS + 1, 2 ** 40])
      expect(rounding(36, 12).wholeUnits(12 * units)).toBe(-1);
    const heap = new FreeList(64, 1);
    for (const address of [64, 2 ** 30, 2 ** 31, 2 ** 32, 2 ** 53 - 1])
      expect(heap.free(address)).toBe(false);
  });
});

describe("a heap has 2^30 units", () => {
  it("at most", () => {
    expect(rounding(2 ** 30, 1).unit).toBe(1);
    expect(rounding(2 ** 32, 4).units(2 ** 32)).toBe(MOST_UNITS);
    expect(() => rounding(2 ** 30 + 1, 1)).toThrow(
      "A heap can have 2^30 units, and 1073741825 bytes with an alignment of 1 make 1073741825; use a larger alignment or a smaller heap.",
    );
  });

  it("and tables that this machine cannot hold are refused in plain words", () => {
    expect(withRoom(64, 4, () => "tables")).toBe("tables");
    for (const said of ["Array buffer allocation failed", "Invalid typed array length: 9"]) {
      const make = () => {
        throw new RangeError(said);
      };
      expect(() => withRoom(64, 4, make)).toThrow(
        "This machine has no room for the tables of a heap of 64 bytes with an alignment of 4; use a larger alignment or a smaller heap.",
      );
    }
    for (const error of [new RangeError("align must be 1"), new TypeError("allocation failed")]) {
      const make = () => {
        throw error;
      };
      expect(() => withRoom(64, 4, make)).toThrow(error);
    }
  });
});
