import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Clock } from "./clock";

let now = 0;
let pending: ((time: number) => void) | null = null;
beforeEach(() => {
  now = 0;
  vi.stubGlobal("performance", { now: () => now });
  vi.stubGlobal("requestAnimationFrame", (act: (time: number) => void) => {
    pending = act;
    return 1;
  });
  vi.stubGlobal("cancelAnimationFrame", () => {
    pending = null;
  });
});
afterEach(() => vi.unstubAllGlobals());

/** Lets the page draw frames of 10 ms for so long. */
function pass(milliseconds: number): void {
  for (const end = now + milliseconds; now < end; ) {
    now += 10;
    const act = pending;
    pending = null;
    act?.(now);
  }
}

function clockOf(options: { speed: number; rest: boolean }, weights: readonly number[] = []) {
  let step = 0;
  const clock = new Clock(
    options,
    (ahead) => weights[step + ahead] ?? 1,
    (due) => {
      step += due;
      return step < 100;
    },
  );
  return { clock, step: () => step };
}

test("advances at once, then so many steps a second", () => {
  const { clock, step } = clockOf({ speed: 10, rest: false });
  clock.start();
  pass(10);
  expect(step()).toBe(1);
  pass(1000);
  expect(step()).toBe(11);
});

test("skips steps when frames are fewer than steps, and stops at the end", () => {
  const { clock, step } = clockOf({ speed: 500, rest: false });
  clock.start();
  pass(100);
  expect(step()).toBe(51);
  pass(200);
  expect(step()).toBeGreaterThanOrEqual(100);
  expect(clock.playing).toBe(false);
});

test("rests on heavy steps only when that is on", () => {
  const weights = [1, 3, 1, 3];
  const resting = clockOf({ speed: 10, rest: true }, weights);
  resting.clock.start();
  pass(810);
  expect(resting.step()).toBe(5);
  resting.clock.stop();
  const steady = clockOf({ speed: 10, rest: false }, weights);
  steady.clock.start();
  pass(810);
  expect(steady.step()).toBe(9);
});

test("goes on where it was after the page slept", () => {
  const { clock, step } = clockOf({ speed: 10, rest: false });
  clock.start();
  pass(10);
  now += 60_000;
  pass(10);
  expect(step()).toBeLessThanOrEqual(4);
});
