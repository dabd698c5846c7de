import { expect, test } from "vitest";
import { History } from "./history";
import { runOn } from "./run-on";
import { Survey } from "./survey";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

test.each(policies)(
  "runOn gets where a survey gets, without a look at the way, with $name",
  ({ make, reallocs }) => {
    const heap = make();
    randomRun(heap, 30, 61, { reallocs });
    const history = History.of(heap);
    randomRun(heap, 200, 62, { reallocs, most: 60 });
    for (const [from, to] of [
      [0, 1],
      [0, 200],
      [60, 60],
      [60, 150],
    ] as const) {
      const [quiet, heard] = [new Survey(history.source), new Survey(history.source)];
      quiet.reach(from);
      heard.reach(to);
      const expected = heard.land();
      const figures = { live: 1, denied: 2, highWater: 3 };
      const landed = runOn(quiet.land(), to, history.source.log, figures);
      expect(landed.rerun.step).toBe(to);
      expect(String(landed.rerun.heap)).toBe(String(expected.rerun.heap));
      expect([...landed.births].sort()).toEqual([...expected.births].sort());
      expect(landed.elders).toEqual(expected.elders);
      expect(landed.figures).toBe(figures);
    }
  },
);
