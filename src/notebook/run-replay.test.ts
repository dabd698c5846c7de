import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { Replay, replay } from "../run/replay";
import { steadyTrace } from "../run/testing/any-trace";
import { runReplay } from "./run-replay";

const trace = steadyTrace(1, 300_000);
const heap = () => new FreeList(0, 16, { growable: true });

describe("runReplay", () => {
  test("answers what replay answers, and tells its progress", async () => {
    const seen: number[] = [];
    const bar = { update: (done: number) => seen.push(done) };
    expect(await runReplay(new Replay(trace, heap()), bar)).toEqual(replay(trace, heap()));
    expect(seen.at(-1)).toBe(300_000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  test("keeps what was done when it is interrupted, and goes on from there", async () => {
    const run = new Replay(trace, heap(), { statistics: true, history: true });
    const bar = { update: (done: number) => void (done < 300_000 && process.emit("SIGINT")) };
    const part = await runReplay(run, bar);
    expect(part.finished).toBe(false);
    expect(part.operations).toBeGreaterThan(0);
    expect(run.result.operations).toBe(part.operations);
    const { history, ...whole } = await runReplay(run, { update: () => {} });
    const { history: _, ...expected } = replay(trace, heap(), { statistics: true });
    expect(whole).toEqual(expected);
    expect(whole.finished).toBe(true);
    expect(history).toMatchObject({ length: 300_000, recording: false });
  });

  test("hears no interrupt when it does not run", async () => {
    const before = process.listenerCount("SIGINT");
    await runReplay(new Replay(steadyTrace(1, 10), heap()));
    expect(process.listenerCount("SIGINT")).toBe(before);
  });

  test("ends when the replay's own signal stops it", async () => {
    const run = new Replay(trace, heap(), { signal: { aborted: true } });
    expect(await runReplay(run)).toMatchObject({ operations: 0, finished: false });
  });
});
