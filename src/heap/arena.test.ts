import { describe, expect, it } from "vitest";
import { numbers } from "../base/testing/numbers";
import { turns } from "../base/testing/turns";
import { Arena } from "./arena";

const SEED = Number(process.env.FREELIST_SEED ?? 20261122);

/** Expects of every unit what a list of blocks, negative for a hole, says of it. */
function expectBlocks(arena: Arena, blocks: readonly number[]): void {
  const starts: unknown[] = [];
  const units: unknown[] = [];
  let hole = -1;
  for (const block of blocks) {
    const [unit, size] = [units.length, Math.abs(block)];
    starts.push([size, block < 0, hole]);
    for (let at = 0; at < size; at++) units.push(`${block < 0} ${at === 0 && block > 0}`);
    hole = block < 0 ? unit : -1;
  }
  expect(arena.blockSizes()).toEqual(blocks);
  const found = Array.from(arena.blockStarts(), (unit) => [
    arena.sizeAt(unit),
    arena.isHole(unit),
    arena.holeBefore(unit),
  ]);
  expect(found).toEqual(starts);
  expect(units.map((_, at) => `${arena.isFree(at)} ${arena.isAllocated(at)}`)).toEqual(units);
  const top = arena.units;
  expect([top, arena.isHole(top), arena.isAllocated(top), arena.holeBefore(top)]).toEqual([
    units.length,
    false,
    false,
    hole,
  ]);
}

describe(`Arena (seed ${SEED})`, () => {
  it.each([5, 130, 1000])("says of every unit what a list of blocks of up to %d units says", (largest) => {
    const random = numbers(SEED + largest);
    for (let run = 0; run < 5; run++) {
      // Sizes around those that a tag can just say, and any others.
      const size = () => [1, 126, 127, 128, 1 + random(largest)][random(5)]!;
      const blocks = Array.from({ length: 1 + random(12) }, () => (random(2) === 0 ? size() : -size()));
      const arena = Arena.of(blocks);
      expectBlocks(arena, blocks);
      for (let i = 0; i < turns(20); i++) {
        const at = random(blocks.length);
        const unit = blocks.slice(0, at).reduce((sum, block) => sum + Math.abs(block), 0);
        const [block, next] = [blocks[at]!, blocks[at + 1] ?? 0];
        if (block > 0) {
          // An allocated block becomes a hole,
          arena.deleteBlock(unit);
          arena.putHole(unit, block);
          blocks[at] = -block;
        } else if (next < 0) {
          // two holes merge,
          arena.deleteHole(unit, -block);
          arena.deleteHole(unit - block, -next);
          arena.putHole(unit, -block - next);
          blocks.splice(at, 2, block + next);
        } else {
          // or a block is cut of a hole.
          const cut = 1 + random(-block);
          arena.deleteHole(unit, -block);
          if (cut < -block) arena.putHole(unit + cut, -block - cut);
          arena.putBlock(unit, cut);
          blocks.splice(at, 1, ...(cut < -block ? [cut, block + cut] : [cut]));
        }
        expectBlocks(arena, blocks);
      }
      arena.enlarge(arena.roomFor(arena.units + 1));
      expectBlocks(arena, blocks);
    }
  });

  it("has room for 2^30 units", () => {
    const arena = Arena.of([-(2 ** 29), 3, -(2 ** 29 - 3)]);
    expect(arena.holeBefore(2 ** 29)).toBe(0);
    expect(arena.sizeAt(2 ** 29 + 3)).toBe(2 ** 29 - 3);
    expect(arena.holeBefore(2 ** 30)).toBe(2 ** 29 + 3);
    expect(() => Arena.of([2 ** 30, 1])).toThrow("are more than the 2^30 of a heap");
  });
});

describe("an arena's room", () => {
  it("is what was asked for, in storage too", () => {
    const bytes = (units: number) => units + 1 + 2 * 4 * (Math.floor(units / 64) + 1);
    const arena = new Arena(100);
    expect([arena.room, arena.byteLength]).toEqual([100, bytes(100)]);
    expect([arena.roomFor(101), arena.roomFor(5000), new Arena(3000).roomFor(3001)]).toEqual([
      1024, 5000, 6000,
    ]);
    arena.enlarge(1024);
    expect([arena.room, arena.byteLength]).toEqual([1024, bytes(1024)]);
    arena.units = 1024;
    arena.putBlock(0, 896);
    arena.putHole(896, 128);
    expect([arena.sizeAt(896), arena.holeBefore(1024)]).toEqual([128, 896]);
  });

  it.each([0, 1.5, Number.NaN])("has no block of %d units", (size) => {
    expect(() => Arena.of([4, size])).toThrow(`A block has whole units, not ${size}.`);
  });
});
