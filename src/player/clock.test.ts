import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Clock, type Pace, pacesFor, usualPace } from "./clock";

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

/** A clock over 100 steps. */
function clockOf(speed: number, weights: readonly number[] = []) {
  let step = 0;
  const clock = new Clock(
    () => speed,
    (ahead) => weights[step + ahead] ?? 1,
    (due) => {
      if (step === 100) return false;
      step = Math.min(100, step + due);
      return true;
    },
  );
  return { clock, step: () => step };
}

test("advances at once, then so many steps a second", () => {
  const { clock, step } = clockOf(10);
  clock.start();
  pass(10);
  expect(step()).toBe(1);
  pass(1000);
  expect(step()).toBe(11);
});

test("plays 100 steps at 8 a second in 12.5 seconds", () => {
  const { clock, step } = clockOf(8);
  clock.start();
  pass(12_400);
  expect(step()).toBe(100);
  expect(clock.playing).toBe(true);
  pass(120);
  expect(clock.playing).toBe(false);
});

test("skips steps when frames are fewer than steps, and stops at the end", () => {
  const { clock, step } = clockOf(500);
  clock.start();
  pass(100);
  expect(step()).toBe(51);
  pass(200);
  expect(step()).toBe(100);
  expect(clock.playing).toBe(false);
});

test("shows a heavy step longer", () => {
  const { clock, step } = clockOf(10, [1, 3, 1, 3]);
  clock.start();
  pass(810);
  expect(step()).toBe(5);
});

test("goes on where it was after the page slept", () => {
  const { clock, step } = clockOf(10);
  clock.start();
  pass(10);
  now += 60_000;
  pass(10);
  expect(step()).toBeLessThanOrEqual(4);
});

test("offers the whole run in a time beside steps a second that suit the run, and what was chosen", () => {
  const text = ({ of, value }: Pace) => `${value} ${of}`;
  expect(pacesFor(100, usualPace(100)).map(text)).toEqual([
    "10 run",
    "30 run",
    "60 run",
    ...[1, 2, 4, 8, 15, 30, 60].map((rate) => `${rate} steps`),
  ]);
  expect(usualPace(100_000)).toEqual({ of: "run", value: 30 });
  expect(pacesFor(100_000, usualPace(100_000)).map(text)).toEqual([
    "10 run",
    "30 run",
    "60 run",
    ...[1, 30, 60, 200, 1000].map((rate) => `${rate} steps`),
  ]);
  expect(pacesFor(100, { of: "steps", value: 12 }).map(text)).toContain("12 steps");
});
