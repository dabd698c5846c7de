import { describe, expect, it } from "vitest";
import { Arena } from "./arena";
import { FreeSpace, type SpaceRules } from "./free-space";
import { AddressList } from "./index/address-list";

const RULES: SpaceRules = {
  mergesOnFree: true,
  roves: true,
  high: false,
  leastRest: 1,
  fixed: false,
  most: 0,
};

/** Blocks in units, negative for a hole, with all holes in the list, by address. */
function space(blocks: readonly number[], rover = -1, rules: Partial<SpaceRules> = {}): FreeSpace {
  const arena = Arena.of(blocks);
  const list = new AddressList(arena);
  const holes = [...arena.holeStarts()];
  for (const hole of holes) list.put(hole, arena.sizeAt(hole), -1, -1);
  return new FreeSpace(arena, list, { blocks, list: holes, rover }, { ...RULES, ...rules });
}

describe("check", () => {
  it("is content with holes apart, and with a rover on one of them or at the head", () => {
    for (const rover of [-1, 0, 7]) expect(() => space([-4, 3, -5, 2], rover).check()).not.toThrow();
    expect(() => space([], -1).check()).not.toThrow();
  });

  it("notices a rover that is on no hole", () => {
    for (const rover of [4, 1, 12]) {
      expect(() => space([-4, 3, -5, 2], rover).check()).toThrow(
        "Broken heap: the rover of next fit is not on a hole.",
      );
    }
  });

  it("notices holes that touch, where they should have merged", () => {
    expect(() => space([2, -4, -5, 2]).check()).toThrow("Broken heap: the holes at units 2 and 6 touch.");
    expect(() => space([2, -4, -5, 2], -1, { mergesOnFree: false }).check()).not.toThrow();
  });

  it("notices what is wrong with the list", () => {
    const broken = space([2, -4, 2]);
    broken.list.take(2);
    expect(() => broken.check()).toThrow("Broken index: the hole at unit 2 is not in its place.");
  });
});

describe("the rover", () => {
  it("goes with its hole when that is shortened or merges, and on to the next when it is used up", () => {
    const roving = space([-4, 3, -5, 2, -3, 1], 7);
    roving.allocate(7, 2);
    expect(roving.rover).toBe(9);
    roving.allocate(9, 3);
    expect(roving.rover).toBe(14);
    roving.free(12);
    expect([roving.rover, roving.holes]).toEqual([12, 2]);
    roving.free(9);
    expect([roving.rover, roving.holes]).toEqual([9, 2]);
    roving.free(7);
    expect([roving.rover, roving.holes]).toEqual([7, 2]);
    roving.free(4);
    expect([roving.rover, roving.holes]).toEqual([0, 1]);
    roving.check();
  });

  it("goes to the head of the list when the heap has grown", () => {
    const growing = space([-4, 3, -5, 2], 7, { most: 100 });
    expect([growing.allocateAtTop(6), growing.rover]).toEqual([14, -1]);
    growing.check();
  });

  it("is on the hole that took in its own when all are merged, and elsewhere stays", () => {
    for (const [rover, after] of [
      [4, 0],
      [0, 0],
      [15, 12],
      [-1, -1],
    ] as const) {
      const loose = space([-4, -5, 3, -3, -1], rover, { mergesOnFree: false });
      expect([loose.coalesce(), loose.rover, loose.holes]).toEqual([2, after, 2]);
      expect([loose.coalesce(), loose.rover]).toEqual([0, after]);
      loose.check();
    }
  });
});
