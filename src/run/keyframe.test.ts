import { describe, expect, test } from "vitest";
import { once } from "../base/testing/once";
import { FreeList } from "../heap/free-list";
import { ByteReader, ByteWriter } from "./codec/bytes";
import { readPlain, writePlain } from "./codec/plain";
import { History } from "./history";
import { enterKeyframe, packKeyframe } from "./keyframe";
import { Rerun } from "./rerun";
import { Survey } from "./survey";

/** A run that has got to step 4: of its two blocks the first was there before, and the second has moved. */
const run = once(() => {
  const heap = new FreeList(128, 8, { header: 4 });
  heap.malloc(4);
  const history = History.of(heap);
  const block = heap.malloc(4);
  const between = heap.malloc(4);
  heap.realloc(block, 20);
  heap.free(between);
  const survey = new Survey(history.source);
  survey.reach(4);
  return { source: history.source, landing: survey.land(), state: heap.snapshot().state, text: String(heap) };
});

function bytesOf(...data: readonly unknown[]): Uint8Array {
  const out = new ByteWriter();
  for (const one of data) writePlain(out, one);
  return out.bytes();
}

describe("a keyframe", () => {
  test("has the heap's state, how long ago each block was given, and whose malloc was earlier", () => {
    const input = new ByteReader(packKeyframe(run().landing));
    const parts = [readPlain(input), readPlain(input), readPlain(input)];
    expect(input.done).toBe(true);
    expect(parts).toEqual([run().state, [4 - -1, 4 - 3], [3, 1]]);
  });

  test("brings a rerun to its step", () => {
    const { source, landing, text } = run();
    const rerun = new Rerun(source);
    const entered = enterKeyframe(packKeyframe(landing), 4, rerun, landing.elders);
    expect(entered).toEqual({ rerun, figures: null, births: new Map([[3, 1]]), elders: [8] });
    expect([rerun.step, String(rerun.heap)]).toEqual([4, text]);
    expect([4, 28].map((payload) => rerun.tenants.get(payload))).toEqual([-1, 3]);
  });

  const LISTS = "A keyframe has lists of whole numbers.";

  test.each<[string, unknown[], string]>([
    ["a block that was given later", [[5, -1], []], "At step 4 no block has an age of -1."],
    ["a block of no step", [[5, 4], []], "At step 4 no block has an age of 4."],
    ["a block from before of which there was none", [[6, 1], []], "At step 4 no block has an age of 6."],
    [
      "a birth later than the step",
      [
        [5, 1],
        [3, 5],
      ],
      "At step 4 no block of step 5 has moved at step 3.",
    ],
    [
      "a birth of no step",
      [
        [5, 1],
        [3, 0],
      ],
      "At step 4 no block of step 0 has moved at step 3.",
    ],
    [
      "a move later than the step",
      [
        [5, 1],
        [5, 1],
      ],
      "At step 4 no block of step 1 has moved at step 5.",
    ],
    ["ages that are no list", [{}, []], LISTS],
    ["ages that are fractions", [[0.5, 1], []], LISTS],
    [
      "births that are texts",
      [
        [5, 1],
        ["a", "b"],
      ],
      LISTS,
    ],
    ["too few blocks", [[5], []], "There are 1 tenants of 2 blocks at step 4."],
  ])("is none with %s", (_, rest, reason) => {
    const { source, landing, state } = run();
    const enter = () => enterKeyframe(bytesOf(state, ...rest), 4, new Rerun(source), landing.elders);
    expect(enter).toThrow(new RangeError(reason));
  });

  test("may have a block that was given in its own step", () => {
    const { source, landing, state } = run();
    const { rerun } = enterKeyframe(bytesOf(state, [5, 0], [4, 4]), 4, new Rerun(source), landing.elders);
    expect(rerun.tenants.get(28)).toBe(4);
  });
});
