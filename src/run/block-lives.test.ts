import { expect, test } from "vitest";
import { turns } from "../base/testing/turns";
import { blockLives } from "./block-lives";
import { History } from "./history";
import { lives } from "./lives";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

test.each(policies)(
  "blockLives are the lives of each block, also of a long run, with $name",
  ({ make, reallocs }) => {
    const heap = make();
    randomRun(heap, 20, 31, { reallocs });
    const history = History.of(heap);
    randomRun(heap, turns(150), 32, { reallocs });
    const text = history.stop().encode();
    const decoded = History.decode(text);
    const all = lives(history).lives;
    const long = History.decode(text).cut({ whole: 0, stretch: 16, spacing: 64 });
    long.stretches.work(Number.POSITIVE_INFINITY);
    for (const id of new Set(all.map((life) => life.id))) {
      const expected = all.filter((life) => life.id === id);
      for (const run of [long, history, decoded])
        expect(blockLives(run, id).map(({ request: _, ...life }) => life)).toEqual(expected);
    }
  },
);
