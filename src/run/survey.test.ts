import { describe, expect, test } from "vitest";
import type { HeapEvent } from "../heap/event";
import { FreeList } from "../heap/free-list";
import { flagsOf, grantOf, isDenied, searchOf } from "./event-summary";
import { History } from "./history";
import { Survey, type SurveyColumns } from "./survey";
import { policies } from "./testing/policies";
import { randomRun } from "./testing/random-run";

/** A block that is there: the step that gave it, the step of its malloc (−1, −2, … from before), and what was asked for. */
interface Tenant {
  readonly tenant: number;
  readonly born: number;
  readonly request: number;
}

describe.each(policies)("a survey of a run with $name", ({ make, reallocs }) => {
  /** A run; at each step the event and what its heap says, and the blocks that are there, by their payload addresses. */
  function recorded() {
    const heap = make();
    randomRun(heap, 20, 41, { reallocs });
    const start = [...heap.blocks()].filter(({ free }) => !free);
    const history = History.of(heap);
    const there = new Map<number, Tenant>(
      start.map(({ address, size }, i) => {
        const at = -1 - i;
        return [address + heap.header, { tenant: at, born: at, request: size - heap.header }];
      }),
    );
    const measures = () => [heap.usedBytes, heap.capacity, heap.holeCount, heap.largestHole];
    const steps: {
      event: HeapEvent | null;
      birth: number;
      there: Map<number, Tenant>;
      measures: number[];
    }[] = [{ event: null, birth: 0, there: new Map(there), measures: measures() }];
    heap.listen((event) => {
      const step = steps.length;
      const given = grantOf(event);
      const target = event.kind === "malloc" ? null : event.kind === "free" ? event.address : event.from;
      const before = target === null ? undefined : there.get(target);
      const ends =
        given !== null || event.kind === "free" || (event.kind === "realloc" && event.how === "freed");
      if (before && ends) there.delete(target!);
      const born = before?.born ?? step;
      if (given) there.set(given.address + heap.header, { tenant: step, born, request: given.request });
      const birth = before ? before.born : given ? step : 0;
      steps.push({ event, birth, there: new Map(there), measures: measures() });
    });
    randomRun(heap, 150, 42, { reallocs });
    return { source: history.stop().source, steps, base: heap.base, start };
  }

  test("has the figures of each step, and who lives there, as they were when it ran", () => {
    const { source, steps, base, start } = recorded();
    const survey = new Survey(source);
    survey.reach(150);
    const last = start.at(-1);
    let [denied, highWater] = [0, last ? last.address + last.size - base : 0];
    for (const [step, { event, birth, there, measures }] of steps.entries()) {
      const given = event && grantOf(event);
      if (event && isDenied(event)) denied++;
      if (given) highWater = Math.max(highWater, given.address + given.size - base);
      const { columns } = survey;
      const has = (name: keyof SurveyColumns) => columns[name][step];
      expect([has("used"), has("capacity"), has("holes"), has("largest")], `step ${step}`).toEqual(measures);
      expect(has("live")).toBe([...there.values()].reduce((sum, { request }) => sum + request, 0));
      expect(has("sizes")).toBe(given?.size ?? 0);
      expect(has("examined")).toBe((event && searchOf(event)?.examined) ?? 0);
      expect(has("flags")).toBe(event ? flagsOf(event) : 0);
      expect(has("births")).toBe(birth);
      expect([has("denied"), has("highWater")]).toEqual([denied, highWater]);
      expect(survey.figuresAt(step)).toEqual({ live: has("live"), denied, highWater });
      for (const { tenant, born, request } of there.values()) {
        expect([survey.blockOf(tenant), survey.requestOf(tenant)]).toEqual([born, request]);
      }
    }
  });

  test("goes on in a second one from where the first has landed", () => {
    const { source, steps } = recorded();
    const whole = new Survey(source);
    whole.reach(150);
    const first = new Survey(source, { checkpoints: false });
    first.reach(70);
    const from = first.land();
    const { there } = steps[70]!;
    const moved = [...there.values()].filter(({ tenant, born }) => tenant !== born);
    expect([...from.births].sort()).toEqual(moved.map(({ tenant, born }) => [tenant, born]).sort());
    expect(from.figures).toEqual(whole.figuresAt(70));
    const second = new Survey(source, { from, checkpoints: false });
    expect([second.from, second.first, second.known, first.first]).toEqual([70, 71, 70, 0]);
    const ids = Array.from(second.start.tenant, (tenant) => second.blockOf(tenant));
    expect(ids.sort()).toEqual([...there.values()].map(({ born }) => born).sort());
    second.reach(150);
    for (const name of Object.keys(whole.columns) as (keyof SurveyColumns)[]) {
      const since = name === "live" || name === "denied" || name === "highWater" ? 0 : 1;
      expect([...second.columns[name].slice(since, 81)], name).toEqual([
        ...whole.columns[name].slice(70 + since, 151),
      ]);
    }
    for (const { tenant, born, request } of steps[150]!.there.values())
      expect([second.blockOf(tenant), second.requestOf(tenant)]).toEqual([born, request]);
    const births = [...second.land().births].sort();
    expect(births).toEqual([...whole.land().births].sort());
  });

  test("without figures where it begins has none later, and without blocks none", () => {
    const { source } = recorded();
    const first = new Survey(source, { checkpoints: false });
    first.reach(70);
    const second = new Survey(source, {
      from: { ...first.land(), figures: null },
      blocks: false,
      checkpoints: false,
    });
    second.reach(100);
    expect([second.figuresAt(70), second.figuresAt(100), second.land().figures]).toEqual([null, null, null]);
    expect(second.start.tenant).toHaveLength(0);
    expect(second.checkpointBytes).toBe(0);
  });
});

describe("the checkpoints of a survey", () => {
  /** A run on `blocks` blocks, of so many steps that fail. */
  function surveyed(blocks: number, steps: number, budget?: number): Survey {
    const heap = new FreeList(16 * blocks, 16);
    for (let i = 0; i < blocks; i++) heap.malloc(1);
    const history = History.of(heap);
    for (let i = 0; i < steps; i++) heap.free(-1);
    const survey = new Survey(history.source, budget === undefined ? {} : { budget });
    survey.reach(steps);
    return survey;
  }

  test("are every 64 steps", () => {
    const survey = surveyed(3, 200);
    const before = (step: number) => survey.checkpointBefore(step).step;
    expect([0, 63, 64, 127, 128, 200].map(before)).toEqual([0, 0, 64, 64, 128, 192]);
  });

  test("count as many bytes as their fields take", () => {
    const { checkpointBytes } = surveyed(3, 10);
    const description = 16 + 3 * 8 + 16;
    // Three blocks fill the heap: its list is empty.
    const state = 16 + (16 + 3 * 8) + 16 + 8;
    // A table of few numbers has 16 places.
    const tenants = 16 + 16 * 8 + 16 * 4 + 8;
    expect(checkpointBytes).toBe(16 + 8 + (16 + 8 + description + state) + tenants);
    expect(surveyed(3, 64).checkpointBytes).toBe(2 * checkpointBytes);
  });

  test("are further apart the more they take, and fewer where they are to take less", () => {
    const large = surveyed(5_000, 600);
    const each = large.checkpointBytes / 3;
    expect(each).toBeGreaterThan(128 * 1024);
    expect(each).toBeLessThan(256 * 1024);
    const before = (survey: Survey, step: number) => survey.checkpointBefore(step).step;
    expect([255, 256, 600].map((step) => before(large, step))).toEqual([0, 256, 512]);
    const one = surveyed(3, 0).checkpointBytes;
    const few = surveyed(3, 1000, 4 * one);
    expect(few.checkpointBytes).toBeLessThanOrEqual(4 * one);
    expect([255, 256, 511, 512, 1000].map((step) => before(few, step))).toEqual([0, 256, 256, 512, 768]);
    expect(before(surveyed(3, 1000, 0), 1000)).toBe(0);
  });

  test("are none on the way of one without, which has that of its beginning", () => {
    const heap = new FreeList(64, 16);
    const history = History.of(heap);
    for (let i = 0; i < 200; i++) heap.free(-1);
    const survey = new Survey(history.source, { checkpoints: false });
    survey.reach(200);
    expect(survey.checkpointBefore(200).step).toBe(0);
  });
});
