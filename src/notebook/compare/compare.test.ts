import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareHere } from "../../compare/compare";
import type { Block } from "../../heap/block";
import { steadyTrace } from "../../run/testing/any-trace";
import { compileWorker } from "../../tools/testing/compile-worker";
import { compare } from "./compare";

const traces = [1, 2, 3].map((seed) => steadyTrace(seed, 600));
const policies = ["first", "best", "next/lifo", "worst"];
const here = JSON.stringify(compareHere(traces, policies, { arenaRuns: 5 }));

let worker: Awaited<ReturnType<typeof compileWorker>>;
beforeAll(async () => {
  worker = await compileWorker();
});
afterAll(() => worker.remove());

describe("compare", () => {
  for (const workers of [1, 2, 3]) {
    test(`on ${workers} threads gives, byte for byte, what one thread gives`, async () => {
      const comparison = await compare(traces, policies, { arenaRuns: 5, workers, workerFile: worker.file });
      expect(JSON.stringify(comparison)).toBe(here);
    });
  }

  test("tells its progress", async () => {
    const seen: string[] = [];
    const onProgress = (done: number, total: number) => seen.push(`${done}/${total}`);
    await compare(traces.slice(0, 1), policies, { arenaRuns: 0, workerFile: worker.file, onProgress });
    expect(seen).toEqual(["1/4", "2/4", "3/4", "4/4"]);
  });

  test("keeps what was measured when it is aborted", async () => {
    const abort = new AbortController();
    const options = { arenaRuns: 0, workers: 1, workerFile: worker.file, signal: abort.signal };
    const onProgress = (done: number) => done === 3 && abort.abort();
    const comparison = await compare(traces, policies, { ...options, onProgress });
    expect(comparison.finished).toBe(false);
    expect(comparison.rows.filter(({ cell }) => cell !== null).length).toBeGreaterThanOrEqual(3);
    expect(comparison.rows.some(({ cell }) => cell === null)).toBe(true);
    expect(String(comparison)).toContain("interrupted");
  });

  test("takes a fit of one's own beside the others", async () => {
    const fit = (holes: readonly Block[], size: number) => holes.find((hole) => hole.size >= size) ?? null;
    const both = await compare(traces.slice(0, 1), ["first", { name: "mine", fit }], {
      arenaRuns: 0,
      workerFile: worker.file,
    });
    expect(both.table("extent")[0]?.[1]).toBe(both.table("extent")[0]?.[0]);
  });

  test("refuses a number of workers that is none", async () => {
    await expect(compare(traces, policies, { workers: 0 })).rejects.toThrow(/workers.* not 0/);
  });
});
