import { describe, expect, test } from "vitest";
import { numbers } from "../base/testing/numbers";
import { once } from "../base/testing/once";
import { turns } from "../base/testing/turns";
import { decodeIndex, encodeIndex } from "./codec/run-index";
import { Cursor } from "./cursor";
import { downsample } from "./downsample";
import { gridOf } from "./grid";
import { History } from "./history";
import { enterKeyframe } from "./keyframe";
import { COLOURS, Lives, lives } from "./lives";
import { METRIC_NAMES, metricSeries, metricsAt } from "./metrics";
import { RunOccupancy } from "./occupancy";
import { nextFlagged, stepFlags } from "./step-flags";
import { Stretches } from "./stretches";
import { Survey } from "./survey";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

const SEED = Number(process.env.FREELIST_SEED ?? 20261126);
const STEPS = 400;

describe.each(policies)("a run in stretches with $name", ({ make, reallocs }) => {
  const text = once(() => {
    const heap = make();
    randomRun(heap, 30, SEED, { reallocs });
    const recorded = History.of(heap);
    heap.malloc(0);
    randomRun(heap, STEPS - 1, SEED + 1, { reallocs });
    return recorded.stop().encode();
  });
  const whole = once(() => History.decode(text()));
  /** A run of which nothing is known but its text, and, where `prepared`, the keyframes that a pass over it made. */
  const cut = (prepared: boolean) => {
    const run = History.decode(text()).cut({ whole: 0, stretch: 16, spacing: 64 });
    if (prepared) {
      const pass = new Stretches(History.decode(text()).source, { stretch: 16, spacing: 64 });
      expect(pass.work(Number.POSITIVE_INFINITY)).toBe(true);
      run.stretches.takeIndex(pass.index(Number.POSITIVE_INFINITY));
      expect(pass.keyframes.size).toBeGreaterThan(2);
    }
    return run;
  };
  const random = numbers(SEED);
  const anywhere = Array.from({ length: turns(60) }, () => random(STEPS + 1));

  test.each([
    ["from its beginning", false],
    ["from keyframes that came with it", true],
  ])(`is at any step what it is as a whole, ${"%s"}, seed ${SEED}`, (_, prepared) => {
    const run = cut(prepared);
    const cursor = new Cursor(run);
    const other = whole().cursor();
    const walk = [0, 1, 15, 16, 17, 16, 15, STEPS, STEPS - 1, ...anywhere];
    for (const step of walk.flatMap((one) => [one, Math.min(STEPS, one + 1)])) {
      cursor.seek(step);
      other.seek(step);
      expect([...cursor.blocks()], `step ${step}`).toEqual([...other.blocks()]);
      expect([...cursor.holes()]).toEqual([...other.holes()]);
      expect(cursor.event).toEqual(other.event);
      expect(cursor.changes).toEqual(other.changes);
      expect(metricsAt(cursor)).toEqual(metricsAt(other));
    }
    expect(cursor.seek(0).next()).toBe(true);
    while (cursor.next());
    expect(cursor.step).toBe(STEPS);
  });

  test("is near to any step, as many steps before it as are tolerated where a keyframe is there", () => {
    const { stretches } = cut(false);
    const other = whole().cursor();
    for (const [passed, tolerance] of [
      [false, 0],
      [false, 70],
      [true, 0],
      [true, 70],
    ] as const) {
      if (passed) stretches.work(Number.POSITIVE_INFINITY);
      expect(stretches.keyframes.size > 2).toBe(passed);
      for (const step of [...anywhere.slice(0, 12), 3, 69, 70, 71, 127, 128, 129, STEPS, STEPS]) {
        const keyframe = Math.max(...[...stretches.keyframes.keys()].filter((at) => at <= step));
        const near = stretches.near(step, tolerance);
        expect(near.from, `step ${step}`).toBe(step - keyframe <= tolerance ? keyframe : step);
        expect(stretches.near(step, tolerance)).toBe(near);
        expect(near.known).toBe(near.from);
        expect(new Lives(whole(), near).bornUpTo(near.from)).toBe(other.seek(near.from).heap.liveBlocks);
        const { address, size, tenant } = near.start;
        const blocks = Array.from(address, (at, i) => ({
          address: at,
          size: size[i]!,
          id: near.blockOf(tenant[i]!),
        }));
        const there = [...other.blocks()].flatMap((block) => ("id" in block ? [block] : []));
        expect(blocks).toEqual(there.map(({ address, size, id }) => ({ address, size, id })));
        expect(Array.from(tenant, (one) => near.requestOf(one))).toEqual(there.map(({ request }) => request));
        expect(near.columns.used[0]).toBe(other.heap.usedBytes);
      }
    }
  });

  test("does without keyframes that came with it and are none", () => {
    const pass = new Stretches(History.decode(text()).source, { stretch: 16, spacing: 64 });
    pass.work(Number.POSITIVE_INFINITY);
    const index = decodeIndex(pass.index(Number.POSITIVE_INFINITY));
    const damaged = [...index.keyframes].map(
      ([step, bytes], i) =>
        [step, i % 2 === 1 ? bytes.subarray(0, random(bytes.length)) : bytes] satisfies [number, Uint8Array],
    );
    const run = cut(false);
    run.stretches.takeIndex(encodeIndex({ ...index, keyframes: new Map(damaged) }));
    const [cursor, other] = [new Cursor(run), whole().cursor()];
    for (const step of anywhere) {
      expect([...cursor.seek(step).blocks()], `step ${step}`).toEqual([...other.seek(step).blocks()]);
      expect(metricsAt(cursor)).toEqual(metricsAt(other));
    }
    expect(run.stretches.keyframes.size).toBeLessThan(damaged.length);
  });

  test("enters a keyframe, or refuses it, whatever its bytes are", () => {
    const pass = new Stretches(History.decode(text()).source, { stretch: 16, spacing: 64 });
    pass.work(Number.POSITIVE_INFINITY);
    const [step, good] = [...pass.keyframes].at(-1)!;
    const { rerun, elders } = new Survey(History.decode(text()).source).land();
    for (let round = 0; round < 300; round++) {
      const bytes = good.slice();
      for (let i = random(3); i >= 0; i--) bytes[random(bytes.length)] = random(256);
      try {
        expect(enterKeyframe(bytes, step, rerun, elders).rerun.step).toBe(step);
        rerun.heap.check();
      } catch (error) {
        expect(error, String((error as Error).stack)).toBeInstanceOf(RangeError);
      }
    }
    enterKeyframe(good, step, rerun, elders);
    expect(String(rerun.heap)).toBe(String(whole().cursor().seek(step).heap));
  });

  test("has the same figures of every step, and the same lives", () => {
    const run = cut(false);
    for (const name of METRIC_NAMES)
      expect(metricSeries(run, name), name).toEqual(metricSeries(whole(), name));
    const listed = lives(whole());
    expect(lives(run)).toEqual(listed);
  });

  test("has in each stretch the lives of the whole run, in colours that tell neighbours apart", () => {
    const run = cut(true);
    const all = new Lives(whole()).read(STEPS);
    for (const step of anywhere) {
      const stretch = run.survey(step);
      const part = new Lives(run, stretch).read(stretch.known);
      const there = (from: Lives) =>
        Array.from({ length: from.bornUpTo(step) }, (_, life) => life)
          .filter((life) => from.died[life]! > step)
          .map((life) => ({
            id: from.id[life]!,
            address: from.address[life]!,
            size: from.size[life]!,
            request: from.request(life),
            colour: from === part ? from.colour[life]! : 0,
          }))
          .sort((a, b) => a.address - b.address);
      const shown = there(part);
      expect(shown.map((life) => ({ ...life, colour: 0 }))).toEqual(there(all));
      for (const [i, { address, colour, size }] of shown.entries()) {
        expect(colour).toBeLessThan(COLOURS);
        if (shown[i + 1]?.address === address + size) expect(shown[i + 1]!.colour).not.toBe(colour);
      }
    }
  });

  test("fills the cells of a picture as the whole run does", () => {
    const run = cut(true);
    const { base, capacity, pageSize } = whole().cursor().seek(STEPS).heap;
    const grid = gridOf(base, capacity, pageSize, 100);
    const livesAt = (step: number) => {
      const stretch = run.survey(step);
      return new Lives(run, stretch).read(stretch.known);
    };
    const cells = new RunOccupancy(grid, { livesAt });
    const others = new RunOccupancy(grid, new Lives(whole()).read(STEPS));
    for (const step of anywhere) {
      cells.seek(step);
      others.seek(step);
      for (const sums of ["used", "blocks", "made", "sizes"] as const)
        expect(cells[sums], `${sums} at step ${step}`).toEqual(others[sums]);
    }
  });

  test("comes at a glance as the whole run does, a few milliseconds at a time", () => {
    const { stretches } = cut(false);
    while (!stretches.work(0.01));
    const { overview } = stretches;
    expect(overview.known).toBe(STEPS);
    const flags = stepFlags(whole());
    for (const step of anywhere) {
      expect(overview.flagsAt(step)).toBe(flags[step]);
      for (const direction of [1, -1] as const)
        for (const mask of [1, 2, 4, 8, 16, 32])
          expect(overview.next(step, mask, direction)).toBe(nextFlagged(flags, step, mask, direction));
    }
    for (const name of METRIC_NAMES) {
      const series = metricSeries(whole(), name);
      expect(overview.curve(name, STEPS + 1)).toEqual(downsample(series, STEPS + 1));
      expect(overview.highestOf(name).value).toBe(Math.max(...series));
      expect(overview.highestOf(name).step).toBe(series.indexOf(Math.max(...series)));
      expect(overview.lastOf(name)).toBe(series.at(-1));
    }
    expect(overview).toMatchObject({
      highest: Math.max(...metricSeries(whole(), "capacity")),
      least: Math.min(...lives(whole(), STEPS).lives.map(({ size }) => size)),
      most: Math.max(...lives(whole(), STEPS).lives.map(({ size }) => size)),
    });
  });
});

test("keyframes keep to their budget: fewer of them, and every step still to be had", () => {
  const [{ make }] = policies as [(typeof policies)[0]];
  const heap = make();
  const history = History.of(heap);
  randomRun(heap, 2000, SEED);
  const text = history.encode();
  const all = History.decode(text).cut({ whole: 0, stretch: 16, spacing: 16 });
  const few = History.decode(text).cut({ whole: 0, stretch: 16, spacing: 16, budget: 1500 });
  for (const { stretches } of [all, few]) stretches.work(Number.POSITIVE_INFINITY);
  const bytes = (run: History) =>
    [...run.stretches.keyframes.values()].reduce((sum, { length }) => sum + length, 0);
  expect(bytes(all)).toBeGreaterThan(3000);
  expect(bytes(few)).toBeLessThanOrEqual(1500);
  for (const step of [1999, 3, 1000]) {
    expect(String(new Cursor(few).seek(step).heap)).toBe(String(history.cursor().seek(step).heap));
  }
});
