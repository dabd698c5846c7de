import { expect, test } from "vitest";
import { meshProbability } from "./chance";

test("meshProbability is the share of all pairs of pages that mesh", () => {
  for (const [slots, taken] of [
    [4, 1],
    [6, 2],
    [8, 3],
    [6, 4],
  ] as const) {
    const pages = Array.from({ length: 1 << slots }, (_, bits) => bits).filter(
      (bits) => bits.toString(2).replaceAll("0", "").length === taken,
    );
    const pairs = pages.flatMap((a) => pages.map((b) => (a & b) === 0));
    expect(meshProbability(slots, taken)).toBeCloseTo(pairs.filter(Boolean).length / pairs.length, 12);
  }
});
