import { expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { blockLives } from "./block-lives";
import { History } from "./history";
import { lives } from "./lives";
import { InStretches } from "./testing/in-stretches";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

test.each(policies)(
  "blockLives are the lives of each block, also of a long run, with $name",
  ({ make, reallocs }) => {
    const heap = make();
    randomRun(heap, 20, 31, { reallocs });
    const history = History.of(heap);
    randomRun(heap, turns(150), 32, { reallocs });
    const decoded = History.decode(history.stop().encode());
    const all = lives(history).lives;
    const long = new InStretches(decoded, { stretch: 16, spacing: 64 });
    long.stretches.work(Number.POSITIVE_INFINITY);
    for (const id of new Set(all.map((life) => life.id))) {
      const expected = all.filter((life) => life.id === id);
      for (const run of [long, history, decoded])
        expect(blockLives(run, id).map(({ request: _, ...life }) => life)).toEqual(expected);
    }
  },
);
