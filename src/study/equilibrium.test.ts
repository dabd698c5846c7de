import { expect, test } from "vitest";
import { seededRandom } from "../random/seeded-random";
import { bottomLevel, unitFirstFit } from "./equilibrium";
import { hyperexponential } from "./population";

test("unitFirstFit agrees with the Markov chain of all sets of occupied locations", () => {
  // Load 1 on ten locations, the last of which are hardly ever reached: 1024 states, solved by iteration.
  const load = 1;
  const places = 10;
  const states = 1 << places;
  let shares = new Float64Array(states).fill(1 / states);
  for (let step = 0; step < 3000; step++) {
    const next = new Float64Array(states);
    for (let state = 0; state < states; state++) {
      const rate = 1 / (load + places);
      let stays = 1;
      const lowest = 31 - Math.clz32(~state & -~state);
      if (lowest < places) {
        next[state | (1 << lowest)]! += shares[state]! * load * rate;
        stays -= load * rate;
      }
      for (let place = 0; place < places; place++) {
        if ((state & (1 << place)) === 0) continue;
        next[state & ~(1 << place)]! += shares[state]! * rate;
        stays -= rate;
      }
      next[state]! += shares[state]! * stays;
    }
    shares = next;
  }
  let [occupied, wasted] = [0, 0];
  for (const [state, share] of shares.entries()) {
    const n = state.toString(2).replaceAll("0", "").length;
    occupied += share * n;
    wasted += share * (32 - Math.clz32(state) - n);
  }
  const measured = unitFirstFit(seededRandom("chain"), load, 400_000);
  expect(occupied).toBeCloseTo(1, 3);
  expect(measured.occupied).toBeCloseTo(occupied, 1);
  expect(measured.wasted / measured.occupied).toBeCloseTo(wasted / occupied, 1);
  expect(Math.abs(measured.wasted - wasted)).toBeLessThan(0.01);
});

test("bottomLevel agrees with the chain of half and full pairs", () => {
  const load = 20;
  const random = seededRandom("pairs");
  let [half, full, time, area, requests, passed] = [0, 0, 0, 0, 0, 0];
  for (let event = -1000; event < 400_000; event++) {
    const live = half + 2 * full;
    const stay = 1 / (load + live);
    if (event >= 0) {
      time += stay;
      area += half * stay;
    }
    const point = random.random() * (load + live);
    if (point < load) {
      if (event >= 0) requests++;
      if (event >= 0 && half === 0) passed++;
      if (half > 0) {
        half--;
        full++;
      } else half++;
    } else if (point < load + half) half--;
    else {
      full--;
      half++;
    }
  }
  const measured = bottomLevel(seededRandom("pairs of cells"), load, 400_000);
  expect(Math.abs(measured.halves / (area / time) - 1)).toBeLessThan(0.03);
  expect(Math.abs(measured.apart / (requests / passed) - 1)).toBeLessThan(0.03);
});

test("hyperexponential draws have the mean and the variation that were asked for", () => {
  const draw = hyperexponential(seededRandom("hyper"), 10, 5);
  const samples = Array.from({ length: 200_000 }, draw);
  const mean = samples.reduce((sum, each) => sum + each, 0) / samples.length;
  const variance = samples.reduce((sum, each) => sum + (each - mean) ** 2, 0) / samples.length;
  expect(Math.abs(mean / 10 - 1)).toBeLessThan(0.02);
  expect(Math.abs(variance / mean ** 2 / 5 - 1)).toBeLessThan(0.05);
});
