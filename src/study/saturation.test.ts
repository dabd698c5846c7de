import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { seededRandom } from "../random/seeded-random";
import { saturate } from "./saturation";

test("blocks of one size that divide the memory waste nothing", () => {
  const random = seededRandom("saturation");
  const efficiency = saturate(new FreeList(1000, 1), random, {
    memory: 1000,
    size: () => 100,
    requests: 2000,
  });
  expect(efficiency).toBeCloseTo(1, 10);
});

test("blocks of a little more than a third waste a third", () => {
  const random = seededRandom("saturation");
  const efficiency = saturate(new FreeList(1000, 1), random, {
    memory: 1000,
    size: () => 334,
    requests: 2000,
  });
  expect(efficiency).toBeCloseTo(0.668, 10);
});

test("refuses a request that the empty memory denies", () => {
  const random = seededRandom("saturation");
  const run = () => saturate(new FreeList(10, 1), random, { memory: 10, size: () => 11, requests: 5 });
  expect(run).toThrow("more than the memory holds");
});
