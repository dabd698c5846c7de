import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareHere } from "../../compare/compare";
import { Comparison } from "../../compare/comparison";
import type { Block } from "../../heap/block";
import { steadyTrace } from "../../run/testing/any-trace";
import { compileWorker } from "../../tools/testing/compile-worker";
import { writeCompact } from "../../trace/compact";
import { openTrace } from "../trace/trace-file";
import { compare } from "./compare";
import type { CellProgress } from "./measure-cells";

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

  test("of traces that stay in their files gives, byte for byte, the same", async () => {
    const files = traces.map(async (trace) => {
      const path = join(worker.folder, `${trace.name}.trace`);
      writeFileSync(path, writeCompact(trace));
      return openTrace(path, { mostHeld: 100 });
    });
    const comparison = await compare(await Promise.all(files), policies, {
      arenaRuns: 5,
      workerFile: worker.file,
    });
    expect(JSON.stringify(comparison)).toBe(here);
  });

  test("tells its progress", async () => {
    const seen: string[] = [];
    const onProgress = (done: number, total: number) => seen.push(`${done}/${total}`);
    await compare(traces.slice(0, 1), policies, { arenaRuns: 0, workerFile: worker.file, onProgress });
    expect(seen).toEqual(["1/4", "2/4", "3/4", "4/4"]);
  });

  test("tells how far each cell has come, of a trace that is held as of one in a file, here as on a thread", async () => {
    const length = 2 ** 18 + 100;
    const held = steadyTrace(1, length);
    const path = join(worker.folder, "long.trace");
    writeFileSync(path, writeCompact(held));
    const inFile = await openTrace(path, { mostHeld: 100, name: "in its file" });
    const fit = (holes: readonly Block[], size: number) => holes.find((hole) => hole.size >= size) ?? null;
    let seen: string[] = [];
    const onCellProgress = ({ trace, policy, pass, share, done, total }: CellProgress) =>
      seen.push(`${done} of ${total}, ${trace} under ${policy}: ${pass}, ${Math.round(share * length)}`);
    const options = { arenaRuns: 0, workers: 1, workerFile: worker.file, onCellProgress };
    await compare([held, inFile], ["first"], options);
    const passes = [1, 2].flatMap((pass) => [0, 2 ** 18].map((told) => `${pass}, ${told}`));
    expect(seen).toEqual([
      ...passes.map((pass) => `0 of 2, steady 1 under first: ${pass}`),
      ...passes.map((pass) => `1 of 2, in its file under first: ${pass}`),
    ]);
    seen = [];
    await compare(traces.slice(0, 1), [{ name: "mine", fit }], options);
    expect(seen).toEqual([1, 2].map((pass) => `0 of 1, steady 1 under mine: ${pass}, 0`));
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

  test("loses one cell to a thread that dies, whatever of, and says so in its row", async () => {
    const file = join(worker.folder, "dying.js");
    writeFileSync(
      file,
      `const { parentPort } = require("node:worker_threads");
      const on = parentPort.on.bind(parentPort);
      parentPort.on = (name, measure) => on(name, (index) => {
        if (index === 2) process.exit(7);
        if (index === 3) throw new RangeError("Array buffer allocation failed");
        if (index === 5) throw Object.assign(new Error("limit"), { code: "ERR_WORKER_OUT_OF_MEMORY" });
        measure(index);
      });
      require("./worker.js");`,
    );
    const comparison = await compare(traces, policies, { arenaRuns: 5, workers: 2, workerFile: file });
    const failed = comparison.rows.map(({ failed }) => failed);
    expect(failed.filter((reason) => reason === null)).toHaveLength(9);
    expect(failed[2]).toBe("its thread ended with code 7.");
    expect(failed[3]).toBe("there was not enough memory for it; use fewer workers or a shorter trace.");
    expect(failed[5]).toBe(failed[3]);
    expect(comparison.finished).toBe(false);
    const whole = Comparison.from(JSON.parse(here));
    for (const [i, { trace, policy, cell }] of comparison.rows.entries()) {
      if (failed[i] === null) expect(cell).toEqual(whole.cell(trace, policy));
    }
    const text = String(comparison);
    expect(text).toContain("steady 1 under next/lifo could not be measured: its thread ended with code 7.");
    expect(text).not.toContain("interrupted");
    expect(String(Comparison.from(JSON.parse(JSON.stringify(comparison))))).toBe(text);
  });

  test("refuses a number of workers that is none", async () => {
    await expect(compare(traces, policies, { workers: 0 })).rejects.toThrow(/workers.* not 0/);
  });
});
