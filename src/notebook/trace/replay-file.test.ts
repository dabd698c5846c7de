import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { BuddySystem } from "../../heap/buddy-system";
import { FreeList } from "../../heap/free-list";
import type { Heap } from "../../heap/heap";
import { SegregatedFits } from "../../heap/segregated-fits";
import { METRIC_NAMES } from "../../run/metrics";
import { replay } from "../../run/replay";
import type { ReplayResult } from "../../run/replay-options";
import { anyTrace, steadyTrace } from "../../run/testing/any-trace";
import { FORMATS, type TraceFormat } from "../../trace/formats";
import { TEXT_OF } from "../../trace/testing/text-of";
import { runReplay } from "../run-replay";
import { readTrace } from "./read-trace";
import { FileReplay, replayFile } from "./replay-file";

const folder = mkdtempSync(join(tmpdir(), "replay-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const HEAPS: Readonly<Record<string, () => Heap>> = {
  "first fit, growing": () => new FreeList(0, 16, { growable: true }),
  "best fit in a small arena": () => new FreeList(160, 16, { fit: "best", header: 8 }),
  "worst fit, deferred": () => new FreeList(320, 16, { fit: "worst", order: "lifo", coalesce: "deferred" }),
  "segregated fits": () => new SegregatedFits(320, 16),
  "a buddy system": () => new BuddySystem(512, 16),
};

/** What can be compared of a result: its history as text. */
function plain({ history, ...figures }: ReplayResult) {
  return { ...figures, history: history?.encode() ?? null, recording: history?.recording ?? null };
}

const options = fc.record({
  statistics: fc.boolean(),
  history: fc.boolean(),
  stopAtFailure: fc.boolean(),
  curves: fc.constantFrom(undefined, METRIC_NAMES),
});

describe.each(Object.keys(FORMATS) as TraceFormat[])("the replay of a file of the format %s", (format) => {
  it("has the result, and leaves the heap, of a replay of the trace that was read", async () => {
    const heaps = fc.constantFrom(...Object.keys(HEAPS));
    await fc.assert(
      fc.asyncProperty(anyTrace(60), heaps, options, fc.boolean(), async (trace, name, options, packed) => {
        const text = TEXT_OF[format](trace);
        const path = file(`any.${format}`, packed ? gzipSync(text) : text);
        const [held, streamed] = [HEAPS[name]!(), HEAPS[name]!()];
        const expected = replay(await readTrace(path), held, options);
        expect(plain(await replayFile(path, streamed, options))).toEqual(plain(expected));
        expect(streamed.toString()).toBe(held.toString());
      }),
      { numRuns: 60 },
    );
  });

  it("that is long, too, in one go or stopped after each piece", async () => {
    const path = file(`long.${format}`, TEXT_OF[format](steadyTrace(7, 150_000)));
    const heap = HEAPS["first fit, growing"]!;
    const expected = plain(replay(await readTrace(path), heap(), { statistics: true }));
    expect(plain(await replayFile(path, heap(), { statistics: true }))).toEqual(expected);
    const run = new FileReplay(path, heap(), { statistics: true, progressEvery: 1, onProgress: () => false });
    let stops = 0;
    for (; !run.done; stops++) await run.advance();
    expect(stops).toBeGreaterThan(2);
    expect(plain(run.result)).toEqual(expected);
  });
});

describe("a FileReplay", () => {
  const trace = steadyTrace(1, 200_000);
  const path = file("steady.rep", TEXT_OF.rep(trace));
  const heap = HEAPS["first fit, growing"]!;
  const whole = { ...plain(replay(trace, heap())), trace: "steady" };

  it("tells its progress, as operations and as a share of the file", async () => {
    const seen: [number, number][] = [];
    await replayFile(path, heap(), {
      progressEvery: 30_000,
      onProgress: ({ operations }, share) => seen.push([operations, share]),
    });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.length).toBeLessThan(8);
    expect(seen.at(-1)).toEqual([200_000, 1]);
    const shares = seen.map(([, share]) => share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it("stops when its signal is aborted, and goes on where it stopped", async () => {
    const signal = { aborted: false };
    const run = new FileReplay(path, heap(), {
      signal,
      progressEvery: 1,
      onProgress: () => {
        signal.aborted = true;
      },
    });
    const part = await run.advance();
    expect(part).toMatchObject({ finished: false, failures: 0 });
    expect(part.operations).toBeGreaterThan(0);
    expect(await run.advance()).toEqual(part);
    while (!run.done) {
      signal.aborted = false;
      await run.advance();
    }
    expect(plain(run.result)).toEqual(whole);
  });

  it("runs on with a bar, and can be interrupted there", async () => {
    const run = new FileReplay(path, heap());
    const totals: number[] = [];
    const bar = {
      update: (done: number, total: number) => {
        totals.push(total);
        if (done < total) process.emit("SIGINT");
      },
    };
    expect((await runReplay(run, bar)).finished).toBe(false);
    while (!run.done) await runReplay(run, bar);
    expect(plain(run.result)).toEqual(whole);
    expect(totals.at(-1)).toBe(200_000);
    for (const total of totals) expect(total / 200_000).toBeCloseTo(1, 1);
  });

  it("says at its end what else the file held, and takes a name as readTrace does", async () => {
    const reports: number[] = [];
    const { trace } = await replayFile(file("a.b.rep", "a 0 8\nf -1\nx\nf 0\n"), heap(), {
      skipBadLines: true,
      onReport: ({ nullFrees, skipped }) => reports.push(nullFrees, skipped),
    });
    expect([trace, reports]).toEqual(["a", [1, 1]]);
    expect((await replayFile(path, heap(), { name: "mine" })).trace).toBe("mine");
  });

  it("refuses what readTrace refuses, with the operations before it done", async () => {
    const used = heap();
    const run = new FileReplay(file("bad.rep", "a 0 8\na 1 8\nf 7\n"), used);
    await expect(run.advance()).rejects.toThrow("Line 3 (rep): block 7 is freed, but it is not allocated");
    expect(used.liveBlocks).toBe(2);
    await expect(replayFile(join(folder, "none"), heap())).rejects.toThrow("ENOENT");
    await expect(replayFile(file("empty", ""), heap())).rejects.toThrow("the text is empty");
    expect(() => new FileReplay(path, {} as Heap)).toThrow(TypeError);
    expect(() => new FileReplay(path, heap(), { progressEvery: 0 })).toThrow(RangeError);
  });
});
