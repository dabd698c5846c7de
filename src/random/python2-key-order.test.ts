import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { python2KeyOrder } from "./python2-key-order";

interface Case {
  readonly keys: readonly number[];
  readonly order: readonly number[];
}

const FIXTURE = join(__dirname, "fixtures/reference.json");
const CASES: readonly Case[] = JSON.parse(readFileSync(FIXTURE, "utf8")).python2KeyOrder;

describe("python2KeyOrder", () => {
  it("sorts small integers by their slot", () => {
    expect(python2KeyOrder([])).toEqual([]);
    expect(python2KeyOrder([3, 1, 2])).toEqual([1, 2, 3]);
    expect(python2KeyOrder([9, 1])).toEqual([9, 1]); // both want slot 1; 1 goes on to slot (5 * 1 + 1 + 1) % 8
    expect(python2KeyOrder([1, 9])).toEqual([1, 9]);
  });

  it("gives -1 the hash of -2", () => {
    expect(python2KeyOrder([-1, -2])).toEqual([-2, -1]); // slot 6, then 5 * 6 + … + 1 = 5
    expect(python2KeyOrder([-2, -1])).toEqual([-1, -2]);
  });

  it("grows fourfold with the sixth key", () => {
    expect(python2KeyOrder([8, 16, 1, 2, 3])).toEqual([8, 16, 2, 3, 1]);
    expect(python2KeyOrder([8, 16, 1, 2, 3, 4])).toEqual([1, 2, 3, 4, 8, 16]);
  });

  it("gives the keys of the original program's run in the original's order", () => {
    const requests = [
      2740, 2240, 2520, 772, 3344, 3056, 2832, 1440, 40, 2896, 1112, 3020, 3220, 2400, 284, 1892, 2404, 1588,
      1260, 2824, 1948, 2208, 352, 700, 2404,
    ];
    expect(python2KeyOrder(requests)).toEqual([
      772, 2824, 3344, 2520, 3220, 1948, 2208, 40, 284, 1588, 2740, 700, 2240, 1440, 3020, 2896, 352, 1112,
      1892, 2400, 2832, 2404, 1260, 3056,
    ]);
  });

  it("agrees with a model of the dict in Python, negative and large keys included", () => {
    expect(CASES.length).toBe(25);
    for (const { keys, order } of CASES) expect(python2KeyOrder(keys)).toEqual(order);
  });

  it("lists every key once, whatever the keys", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (keys) => {
        const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);
        expect(sorted(python2KeyOrder(keys))).toEqual(sorted(new Set(keys)));
      }),
    );
  });

  it.each([0.5, Number.NaN, 2 ** 53])("refuses the key %d", (key) => {
    expect(() => python2KeyOrder([key])).toThrow(RangeError);
    expect(() => python2KeyOrder([key])).toThrow(`not ${key}`);
  });

  it("refuses a key that is no number", () => {
    expect(() => python2KeyOrder(["1"] as unknown as number[])).toThrow(TypeError);
  });
});
