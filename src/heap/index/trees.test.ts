import { describe, expect, it } from "vitest";
import { numbers } from "../../base/testing/numbers";
import { turns } from "../../base/testing/turns";
import { CountTree } from "./count-tree";
import { MaxTree, WIDTH } from "./max-tree";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);

describe(`MaxTree finds what a walk along the row finds (seed ${SEED})`, () => {
  it.each([1, 4, 5, 15, 16, 17, 256, 257, 5000])("of %d numbers", (length) => {
    const random = numbers(SEED + length);
    let tree = new MaxTree(length);
    const row = new Array<number>(length).fill(0);
    for (let i = 0; i < turns(500); i++) {
      const at = random(length);
      row[at] = [0, 1, random(5), random(2 ** 30)][random(4)]!;
      tree.set(at, row[at]!);
      const [from, value] = [random(length), Math.max(1, [random(5), row[random(length)]!][random(2)]!)];
      expect(tree.first(value, from)).toBe(row.findIndex((other, j) => j >= from && other >= value));
      expect(tree.first(value)).toBe(row.findIndex((other) => other >= value));
      expect(tree.at(from)).toBe(row[from]);
      expect(tree.max()).toBe(row.reduce((a, b) => Math.max(a, b)));
      tree.check();
      if (i === 250) {
        tree = tree.resized(2 * length + 20);
        tree.check();
        expect(tree.length).toBeGreaterThanOrEqual(2 * length + 20);
      }
    }
    for (let i = 0; i < length; i++) tree.set(i, 0);
    expect([tree.max(), tree.first(1)]).toEqual([0, -1]);
  });
});

describe("MaxTree", () => {
  const tree = () => {
    const made = new MaxTree(50);
    for (let i = 0; i < 50; i++) made.set(i, (37 * i) % 50);
    return made;
  };

  it("shows its levels, each of the maxima of the one below", () => {
    const levels = tree().levels.map((level) => [...level]);
    expect(levels.map(({ length }) => length)).toEqual([52, 16, 4]);
    expect(levels[0]).toEqual([...Array.from({ length: 50 }, (_, i) => (37 * i) % 50), 0, 0]);
    for (const [i, level] of levels.slice(1).entries()) {
      const groups = levels[i]!.length / WIDTH;
      const maxima = Array.from({ length: groups }, (_, g) =>
        Math.max(...levels[i]!.slice(WIDTH * g, WIDTH * (g + 1))),
      );
      expect(level.slice(0, groups)).toEqual(maxima);
      expect(level.slice(groups).every((value) => value === 0)).toBe(true);
    }
  });

  it.each([
    [1, 0],
    [1, 12],
    [2, 3],
  ])("notices a node of level %d that is not the maximum of its children: the one at %d", (level, at) => {
    for (const by of [1, -1]) {
      const broken = tree();
      broken.check();
      broken.levels[level]![at]! += by;
      expect(() => broken.check()).toThrow(
        new RegExp(`^Broken index: node ${at} of level ${level} says \\d+, its children \\d+\\.$`),
      );
    }
  });
});

describe(`CountTree sums as a loop does (seed ${SEED})`, () => {
  it.each([1, 31, 32, 33, 1025, 40_000])("%d counters", (length) => {
    const random = numbers(SEED + length);
    const tree = new CountTree(length);
    const row = new Array<number>(length).fill(0);
    for (let i = 0; i < turns(300); i++) {
      const at = random(length);
      const change = random(2) === 0 ? 1 : -1;
      tree.add(at, change);
      row[at]! += change;
      const end = [0, length, random(length)][random(3)]!;
      expect(tree.before(end)).toBe(row.slice(0, end).reduce((a, b) => a + b, 0));
    }
  });
});
