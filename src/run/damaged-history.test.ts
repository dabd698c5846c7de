import { expect, test } from "vitest";
import { fromBase64, toBase64 } from "../base/base64";
import { damaged } from "../base/testing/damage";
import { numbers } from "../base/testing/numbers";
import type { Heap } from "../heap/heap";
import type { HistoryJson } from "./codec/history-json";
import { History } from "./history";
import { lives } from "./lives";
import { METRIC_NAMES, metricSeries, metricsAt } from "./metrics";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
/** How many histories are damaged, over all heaps. */
const DAMAGED = Number(process.env.FREELIST_DAMAGED ?? 10_000);
/** Steps of the histories that are damaged. No damage makes it many more: it takes a byte of operations for each. */
const STEPS = 60;
/** Milliseconds for one heap's share, many times what it takes. */
const TIMEOUT = Math.max(60_000, 5 * DAMAGED);

/** An encoded run with everything in it that an encoded run can have. */
function documentOf({ make, reallocs }: (typeof policies)[number], seed: number, full: boolean): HistoryJson {
  const heap = make() as Heap & { coalesce?(): void };
  if (full) randomRun(heap, 30, seed, { reallocs });
  const history = History.of(heap);
  if (full) history.label("a").mark("start");
  randomRun(heap, STEPS / 2, seed + 1, { reallocs, keep: 0.7 });
  heap.coalesce?.();
  if (full) history.label("b").mark("middle");
  randomRun(heap, STEPS / 2, seed + 2, { reallocs, most: 400 });
  if (full) history.label("").mark("end");
  return JSON.parse(history.encode());
}

/** The document with a byte of its operations changed, left out, doubled or made the start of a large number. */
function damagedBytes(document: HistoryJson, random: (below: number) => number): HistoryJson {
  const bytes = [...fromBase64(document.operations)];
  const at = random(bytes.length);
  const ways = [
    () => bytes.splice(at, 1, random(256)),
    () => bytes.splice(at, 1, bytes[at]! ^ (1 << random(8))),
    () => bytes.splice(at, 1),
    () => bytes.splice(at, 0, bytes[at]!),
    () => bytes.splice(at, 1, 255, 255, 255, 255, 255, 255, random(128)),
    () => bytes.splice(at, 1, 3, 1, 0, 0, 0, 0, 0, 0, random(256), random(256)),
    () => bytes.splice(at, 0, 4 * random(40) + random(4)),
  ];
  ways[random(ways.length)]!();
  return { ...document, operations: toBase64(Uint8Array.from(bytes)) };
}

/** Everything that is done with a history: run to its end, sought about in, measured, drawn; its heap is whole at each stop. */
function use(history: History, random: (below: number) => number): void {
  expect(history.length).toBeLessThanOrEqual(2 * STEPS);
  expect(history.prepare()).toBe(true);
  const cursor = history.cursor();
  const whole = () => (cursor.heap as Heap).check();
  for (let i = 0; i < 4; i++) {
    cursor.seek(random(history.length + 1));
    whole();
    expect(metricsAt(cursor).allocated).toBe(cursor.heap.usedBytes);
    expect([...cursor.blocks()].filter(({ free }) => !free)).toHaveLength(cursor.heap.liveBlocks);
  }
  cursor.previous();
  cursor.next();
  whole();
  for (const name of METRIC_NAMES) {
    expect(metricSeries(history, name).every(Number.isFinite)).toBe(true);
  }
  expect(lives(history).total).toBeGreaterThanOrEqual(0);
  for (const { step } of history.marks) expect(step).toBeLessThanOrEqual(history.length);
  for (let step = 0; step <= history.length; step++) expect(typeof history.labelAt(step)).toBe("string");
}

test.each(policies)(
  `what is taken of damaged histories can be used (seed ${SEED}), with $name`,
  (policy) => {
    const documents = [1, 2, 3, 4].map((seed) => documentOf(policy, seed, seed % 2 === 0));
    let taken = 0;
    const count = Math.ceil(DAMAGED / policies.length);
    for (let i = 0; i < count; i++) {
      const random = numbers(SEED + i);
      const document = documents[random(documents.length)]!;
      const wrong = random(2) === 0 ? damagedBytes(document, random) : damaged(document, random);
      let history: History;
      try {
        history = History.decode(wrong as HistoryJson);
      } catch (error) {
        expect(error, `seed ${SEED} + ${i}`).toBeInstanceOf(RangeError);
        expect(String(error)).toMatch(
          /^RangeError: This is no encoded history: .*\. Give what history\.encode/s,
        );
        expect(String(error)).not.toMatch(/undefined \(|is not a function|not iterable|reading '/);
        continue;
      }
      taken++;
      try {
        use(history, random);
      } catch (error) {
        throw new Error(`Seed ${SEED} + ${i}: ${JSON.stringify(wrong)}`, { cause: error });
      }
    }
    expect(taken).toBeGreaterThan(count / 20);
    expect(taken).toBeLessThan(count);
  },
  TIMEOUT,
);
