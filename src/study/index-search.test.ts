import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { seededRandom } from "../random/seeded-random";
import { indexSearch } from "./index-search";
import { indexSvg, indexText } from "./index-svg";

/** A heap of some thousand blocks and holes. */
function scattered(seed: string, blocks: number): FreeList {
  const random = seededRandom(seed);
  const heap = new FreeList(blocks * 64, 1);
  const live = Array.from({ length: blocks }, () => heap.malloc(random.randint(1, 100))).filter(
    (a) => a !== null,
  );
  for (const address of live) if (random.random() < 0.5) heap.free(address);
  return heap;
}

describe("indexSearch", () => {
  test.each([10, 300, 5000])(
    "finds the hole that malloc takes, and says what a walk costs: %i blocks",
    (blocks) => {
      const heap = scattered("index", blocks);
      let examined = -1;
      heap.listen((event) => {
        if (event.kind === "malloc") examined = event.examined;
      });
      for (const size of [1, 20, 90, 120, 200, 300, 10_000]) {
        const search = indexSearch(heap, size);
        const address = heap.malloc(size);
        expect(search.hole?.address ?? null).toBe(address);
        expect(search.records).toBe(examined);
        expect(search.looks).toBeLessThanOrEqual(4 * search.levels.length + 32);
        if (address !== null) heap.free(address);
      }
    },
  );

  test("levels are maxima of the level below", () => {
    const { levels } = indexSearch(scattered("levels", 5000), 1);
    expect(levels.map(({ bytes }) => bytes)).toEqual([131_072, 32_768, 8192, 2048, 512, 128, 32]);
    for (const [i, { entries }] of levels.slice(0, -1).entries()) {
      const below = levels[i + 1]!.entries;
      for (const [at, entry] of entries.entries()) {
        expect(entry).toBe(Math.max(...below.slice(4 * at, 4 * at + 4)));
      }
    }
  });

  test("what is too large is refused at the top", () => {
    const search = indexSearch(scattered("denied", 300), 19_000);
    expect(search).toMatchObject({ hole: null, holes: [] });
    expect(search.levels).toHaveLength(1);
    expect(indexText(search)).toContain("none is large enough\ndenied");
  });

  test("refuses other heaps and sizes", () => {
    expect(() => indexSearch(new FreeList(64, 4, { fit: "best" }), 4)).toThrow(
      'not of "best" in "address" order',
    );
    expect(() => indexSearch(new FreeList(64, 4), 3)).toThrow("multiples of the page size, 4 bytes");
    expect(() => indexSearch(new FreeList(64, 4), 0)).toThrow("size must be an integer from 1");
  });
});

test("indexSvg draws every level, the looks and the hole", () => {
  const large = indexSvg(indexSearch(scattered("svg", 50_000), 90));
  expect(String(large).length).toBeLessThan(60_000);
  const search = indexSearch(scattered("svg", 300), 90);
  const svg = String(indexSvg(search));
  for (const { looks, among } of search.levels) expect(svg).toContain(`${looks} of ${among} looked at`);
  expect(svg).toContain(`${search.hole!.size} at ${search.hole!.address}`);
  expect(svg).not.toMatch(/NaN|undefined/);
});
