import { describe, expect, test } from "vitest";
import { fitNames } from "../heap/fits";
import { FreeList } from "../heap/free-list";
import { replay } from "../run/replay";
import { robsonBound } from "../workload/adversaries";
import { leastMemory } from "./placement-game";
import { programOf } from "./program-of";
import { denialIn, enoughForAny, safeArena } from "./safe-arena";
import { SAFE_ARENAS, safeArenaLine } from "./safe-arenas";

const small = SAFE_ARENAS.filter(({ live }) => live <= 5);

describe("SAFE_ARENAS", () => {
  test("has every fit, every number of words in use up to eight, and every largest request", () => {
    expect(SAFE_ARENAS).toHaveLength(4 * ((8 * 9) / 2));
    const keys = SAFE_ARENAS.map(({ fit, live, largest }) => `${fit} ${live} ${largest}`);
    expect(new Set(keys).size).toBe(SAFE_ARENAS.length);
    for (const fit of fitNames()) expect(keys).toContain(`${fit} 8 8`);
  });

  test("has what safeArena finds", () => {
    for (const arena of small) expect(safeArenaLine(safeArena(arena))).toBe(safeArenaLine(arena));
  });

  test("a FreeList denies the last request of each program, in a word less, and no other", () => {
    for (const { fit, live, largest, words, program } of SAFE_ARENAS) {
      expect(program.peakLive).toBeLessThanOrEqual(live);
      for (const operation of program)
        if (operation.kind !== "free") expect(operation.size).toBeLessThanOrEqual(largest);
      expect(replay(program, new FreeList(words, 1, { fit })).failures).toBe(0);
      // In no words at all there is nothing to replay it on.
      if (words === 1) continue;
      const denied = replay(program, new FreeList(words - 1, 1, { fit }), { stopAtFailure: true });
      expect([denied.failures, denied.operations]).toEqual([1, program.length]);
    }
  });

  test("lies between what the best placement needs and what is enough for any", () => {
    for (const { live, largest, words } of SAFE_ARENAS) {
      expect(words).toBeLessThanOrEqual(enoughForAny({ live, largest }));
      if (live > 5) continue;
      const sizes = Array.from({ length: largest }, (_, i) => i + 1);
      expect(words).toBeGreaterThanOrEqual(leastMemory({ live, sizes }));
    }
  });

  test("is no less than Robson's bound, which holds for powers of two", () => {
    for (const { live, largest, words } of SAFE_ARENAS)
      if ([1, 2, 4, 8].includes(largest) && live % largest === 0)
        expect(words).toBeGreaterThanOrEqual(robsonBound({ live, largest }));
  });
});

test("an arena larger than the smallest safe one is safe, too", () => {
  for (const { fit, live, largest, words } of small)
    for (let more = words; more <= enoughForAny({ live, largest }); more++)
      expect(denialIn(more, { fit, live, largest })).toBeNull();
});

test("next and worst fit need all that is enough for any: n − s times a block of s − 1, and a word that keeps its hole apart", () => {
  for (const [live, size] of [
    [8, 4],
    [30, 5],
    [100, 50],
    [1000, 20],
  ] as const) {
    // The blocks of s - 1 are the first, the third, …; each is freed when its word has been placed.
    const hole = (i: number) => [size - 1, 1, -(2 * i + 1)];
    const program = programOf([...Array.from({ length: live - size }, (_, i) => hole(i)).flat(), size]);
    expect(program.peakLive).toBeLessThanOrEqual(live);
    for (const fit of ["next", "worst"] as const) {
      const result = replay(program, new FreeList((live - size + 1) * size - 1, 1, { fit }));
      expect(result.failures).toBe(1);
    }
  }
  for (const { fit, words, ...limits } of SAFE_ARENAS)
    if (fit === "next" || fit === "worst") expect(words).toBe(enoughForAny(limits));
});

test("safeArena refuses what would take too long, or is no fit", () => {
  expect(() => safeArena({ fit: "first", live: 11, largest: 2 })).toThrow("from 1 to 10");
  expect(() => safeArena({ fit: "first", live: 3, largest: 4 })).toThrow("from 1 to 3");
  expect(() => safeArena({ fit: "last" as "first", live: 3, largest: 2 })).toThrow(
    "options.fit must be one of",
  );
});
