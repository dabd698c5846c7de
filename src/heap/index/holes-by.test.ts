import { describe, expect, it } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { turns } from "../../base/testing/turns";
import { Arrivals } from "./arrivals";
import { HoleTable, NONE } from "./hole-table";
import { MaxTree } from "./max-tree";
import { SizeIndex } from "./size-index";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);
const UNITS = 2000;
/** Arrivals at a table that must not grow. */
const ARRIVALS = turns(1_000_000);

/** A table with a plain list of its records beside it, for one index to be compared with. */
function modelled(seed: number) {
  const random = numbers(seed);
  const table = new HoleTable(UNITS);
  const ids: number[] = [];
  const add = (size: number): number => {
    let unit = random(UNITS);
    while (table.at(unit) !== NONE) unit = random(UNITS);
    return table.add(unit, size);
  };
  return { random, table, ids, add };
}

describe(`HoleTable (seed ${SEED})`, () => {
  it("finds each record by its first unit, through additions, moves and deletions", () => {
    const { random, table, add } = modelled(SEED);
    const model = new Map<number, number>();
    for (let i = 0; i < turns(5000); i++) {
      const dice = random(10);
      const units = [...model.keys()];
      const unit = units[random(units.length || 1)];
      if (dice < 5 && model.size < 500) {
        const id = add(1 + random(9));
        expect([...model.values()]).not.toContain(id);
        model.set(table.unit[id]!, id);
      } else if (unit !== undefined && dice < 8) {
        table.delete(model.get(unit)!);
        model.delete(unit);
        expect(table.at(unit)).toBe(NONE);
      } else if (unit !== undefined) {
        const [id, to] = [model.get(unit)!, random(UNITS)];
        if (model.has(to)) continue;
        table.move(id, to, 7);
        model.delete(unit);
        model.set(to, id);
        expect([table.at(unit), table.unit[id], table.size[id]]).toEqual([NONE, to, 7]);
      }
      if (i % 50 === 0) for (const [at, id] of model) expect(table.at(at)).toBe(id);
    }
  });

  it("keeps its records when room is made for more units", () => {
    const table = new HoleTable(10);
    const id = table.add(3, 4);
    table.reserve(100_000);
    const far = table.add(99_999, 1);
    expect([table.at(3), table.at(99_999), table.at(5)]).toEqual([id, far, NONE]);
    // Seven numbers a record, and one for each 32 units.
    expect(table.byteLength).toBe(4 * (7 * 64 + 3126));
  });
});

describe.each(["front", "back"] as const)(`Arrivals at the %s (seed ${SEED})`, (side) => {
  it("equal an array", () => {
    const { random, table, ids, add } = modelled(SEED + 1);
    const arrivals = new Arrivals(table, side);
    for (let i = 0; i < turns(4000); i++) {
      const dice = random(10);
      const id = ids[random(ids.length || 1)];
      if (dice < 5 && ids.length < 300) {
        const fresh = add(1 + random(100));
        arrivals.insert(fresh);
        if (side === "front") ids.unshift(fresh);
        else ids.push(fresh);
      } else if (id !== undefined && dice < 7) {
        arrivals.remove(id);
        table.delete(id);
        ids.splice(ids.indexOf(id), 1);
      } else if (id !== undefined && dice < 8) {
        table.size[id] = 1 + random(100);
        arrivals.resize(id);
      } else if (id !== undefined) {
        const from = ids[random(ids.length)]!;
        if (from === id) continue;
        arrivals.adopt(id, from);
        table.delete(from);
        ids[Math.min(ids.indexOf(id), ids.indexOf(from))] = -1;
        ids.splice(
          0,
          ids.length,
          ...ids.filter((one) => one !== id && one !== from).map((one) => (one < 0 ? id : one)),
        );
      }
      if (i === 1000) arrivals.count();
      const at = random(ids.length || 1);
      const size = 1 + random(100);
      const fits = (one: number) => table.size[one]! >= size;
      expect(arrivals.first(size)).toBe(ids.find(fits) ?? NONE);
      if (ids.length > 0) {
        expect(arrivals.first(size, ids[at])).toBe(ids.slice(at).find(fits) ?? NONE);
        expect(arrivals.after(ids[at]!)).toBe(ids[at + 1] ?? NONE);
        if (i > 1000) expect(arrivals.rank(ids[at]!)).toBe(at);
      }
      if (i % 50 === 0) expect([...arrivals]).toEqual(ids);
      arrivals.check();
    }
  });

  it("notice a size that they were not told of", () => {
    const { table, add } = modelled(SEED + 4);
    const arrivals = new Arrivals(table, side);
    const id = add(5);
    arrivals.insert(id);
    arrivals.check();
    table.size[id] = 6;
    expect(() => arrivals.check()).toThrow(`Broken index: record ${id} is not found by its size.`);
  });

  it("take a number a slot beside the tree of sizes", () => {
    const arrivals = new Arrivals(new HoleTable(UNITS), side);
    expect(arrivals.byteLength).toBe(new MaxTree(64).byteLength + 4 * 64);
  });

  it(`take no more room after ${ARRIVALS} arrivals than after a thousand`, () => {
    const table = new HoleTable(UNITS);
    const arrivals = new Arrivals(table, side);
    const churn = (times: number) => {
      for (let i = 0; i < times; i++) {
        const id = table.add(i % UNITS, 1);
        arrivals.insert(id);
        arrivals.remove(id);
        table.delete(id);
      }
      return arrivals.byteLength + table.byteLength;
    };
    expect(churn(1000)).toBe(churn(ARRIVALS));
  });
});

describe.each(["unit", "slot"] as const)(`SizeIndex by %s (seed ${SEED})`, (key) => {
  it("equals a sorted array", () => {
    const { random, table, ids, add } = modelled(SEED + 2);
    const most = 200_000;
    const index = new SizeIndex(table, key, most);
    // Many holes of few sizes, and some so large that they are kept apart.
    const size = () =>
      [1 + random(4), 1 + random(4), 1 + random(50), 2 ** 16 - 1 + random(3), most][random(5)]!;
    index.count([]);
    for (let i = 0; i < turns(3000); i++) {
      const id = ids[random(ids.length || 1)];
      if (random(10) < 6 && ids.length < 200) {
        const fresh = add(size());
        table.slot[fresh] = i;
        index.insert(fresh);
        ids.push(fresh);
      } else if (id !== undefined) {
        index.remove(id);
        table.delete(id);
        ids.splice(ids.indexOf(id), 1);
      }
      const place = table[key];
      ids.sort((a, b) => table.size[a]! - table.size[b]! || place[a]! - place[b]!);
      const want = size();
      const largest = ids.length > 0 ? table.size[ids.at(-1)!]! : 0;
      expect(index.smallest(want)).toBe(ids.find((one) => table.size[one]! >= want) ?? NONE);
      expect(index.largest()).toBe(ids.find((one) => table.size[one] === largest) ?? NONE);
      expect(index.sameSize(want)).toEqual(ids.filter((one) => table.size[one] === want));
      const same = index.sameSize(want);
      expect(index.firstOf(want)).toBe(same[0] ?? NONE);
      for (const [at, one] of same.entries()) {
        expect([index.before(one), index.behind(one)]).toEqual([at, same[at + 1] ?? NONE]);
      }
      expect(index.smaller(want)).toBe(ids.filter((one) => table.size[one]! < want).length);
      expect(index.larger(want)).toBe(ids.filter((one) => table.size[one]! > want).length);
      const sizes = ids.map((one) => table.size[one]!);
      expect(index.nextSize(want)).toBe(sizes.find((other) => other > want) ?? -1);
      expect(index.previousSize(want)).toBe(Math.max(-1, ...sizes.filter((other) => other < want)));
      if (i % 20 === 0) index.check(ids);
    }
    expect(index.smallest(most + 1)).toBe(NONE);
  });

  it("has room for the largest size, and for larger ones when it is made", () => {
    const { table, add } = modelled(SEED + 5);
    const index = new SizeIndex(table, key, 64);
    const small = add(64);
    index.insert(small);
    for (const size of [65, 96, 320]) expect(index.firstOf(size)).toBe(NONE);
    index.reserve(320, [small]);
    const large = add(320);
    index.insert(large);
    expect([index.smallest(65), index.largest(), index.firstOf(320)]).toEqual([large, large, large]);
    expect([index.firstOf(64), index.firstOf(321)]).toEqual([small, NONE]);
    index.check([small, large]);
  });

  it("check() notices a hole that it does not have, and one that it should not", () => {
    const { table, add } = modelled(SEED + 3);
    const index = new SizeIndex(table, key, 100);
    const [one, two] = [add(5), add(6)];
    index.insert(one);
    expect(() => index.check([one, two])).toThrow(/is in no size/);
    expect(() => index.check([])).toThrow(/does not belong/);
    table.size[one] = 7;
    expect(() => index.check([one])).toThrow(
      `Broken index: record ${one} does not belong among the holes of 5 units.`,
    );
  });
});
