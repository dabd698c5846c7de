import { describe, expect, test } from "vitest";
import { robsonBound } from "../workload/adversaries";
import { leastMemory, placerHolds } from "./placement-game";

describe("leastMemory", () => {
  test("blocks of one word need no more than is live", () => {
    for (let live = 1; live <= 6; live++) expect(leastMemory({ live, sizes: [1] })).toBe(live);
  });
  test("blocks of one size likewise, in whole blocks", () => {
    expect(leastMemory({ live: 6, sizes: [2] })).toBe(6);
    expect(leastMemory({ live: 6, sizes: [3] })).toBe(6);
  });
  test("blocks of 1 and 2 need ⌊(3n − 1) / 2⌋ (Robson 1974)", () => {
    for (let live = 2; live <= 8; live++) {
      expect(leastMemory({ live, sizes: [1, 2] })).toBe(Math.floor((3 * live - 1) / 2));
    }
  });
  test("powers of two need Robson's bound exactly", () => {
    expect(leastMemory({ live: 4, sizes: [1, 2, 4] })).toBe(robsonBound({ live: 4, largest: 4 }));
    expect(leastMemory({ live: 8, sizes: [1, 2, 4] })).toBe(robsonBound({ live: 8, largest: 4 }));
  });
  test("refuses what is no game", () => {
    expect(() => leastMemory({ live: 11, sizes: [1] })).toThrow(
      "options.live must be an integer from 1 to 10",
    );
    expect(() => leastMemory({ live: 3, sizes: [4] })).toThrow("a size must be an integer from 1 to 3");
  });
});

describe("placerHolds", () => {
  // Whoever places loses 4 words with at most 4 live in blocks of 1 and 2: that needs 5. So says a search forwards, to a depth.
  test("agrees with a search forwards, move by move", () => {
    for (const [memory, live] of [
      [2, 2],
      [3, 3],
      [4, 3],
      [4, 4],
      [5, 4],
    ] as const) {
      expect(placerHolds(memory, live, [1, 2])).toBe(!attackWins("f".repeat(memory), live, 10));
    }
  });
});

/** Whether some series of at most `depth` moves ends in a request that has no place, whatever the placements. */
function attackWins(
  layout: string,
  live: number,
  depth: number,
  known = new Map<string, boolean>(),
): boolean {
  if (depth === 0) return false;
  const key = `${layout} ${depth}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const used = [...layout].reduce((sum, letter) => sum + (letter === "f" ? 0 : Number(letter)), 0);
  const wins =
    [1, 2].some((size) => {
      if (used + size > live) return false;
      const free = "f".repeat(size);
      const answers: string[] = [];
      for (let at = 0; at < layout.length; at++) {
        if (layout.startsWith(free, at)) answers.push(layout.slice(0, at) + size + layout.slice(at + size));
      }
      return answers.every((answer) => attackWins(answer, live, depth - 1, known));
    }) ||
    [...layout].some((letter, at) => {
      if (letter === "f") return false;
      const freed = layout.slice(0, at) + "f".repeat(Number(letter)) + layout.slice(at + 1);
      return attackWins(freed, live, depth - 1, known);
    });
  known.set(key, wins);
  return wins;
}
