import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Crc32 } from "../../base/crc32";
import { BuddySystem } from "../../heap/buddy-system";
import { FreeList } from "../../heap/free-list";
import type { Heap } from "../../heap/heap";
import { SegregatedFits } from "../../heap/segregated-fits";
import { steadyTrace } from "../../run/testing/any-trace";
import { FORMATS, type TraceFormat } from "../../trace/formats";
import { TEXT_OF } from "../../trace/testing/text-of";
import { runReplay } from "../run-replay";
import { FileReplay, replayFile } from "./replay-file";

const folder = mkdtempSync(join(tmpdir(), "replay-checkpoint-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const HEAPS: Readonly<Record<string, () => Heap>> = {
  "first fit, growing": () => new FreeList(0, 16, { growable: true }),
  "next fit, deferred": () => new FreeList(4096, 16, { fit: "next", order: "fifo", coalesce: "deferred" }),
  "best fit by size": () => new FreeList(4096, 16, { fit: "best", order: "size-ascending", header: 8 }),
  "segregated fits": () => new SegregatedFits(4096, 16),
  "a buddy system": () => new BuddySystem(4096, 16),
};

const measures = { statistics: true, curves: ["live", "holes", "largestHole"], curvePoints: 50 } as const;

/** Runs on in new objects, as another process would, up to some piece of the file; then writes the checkpoint. */
async function runUpTo(
  path: string,
  make: () => Heap,
  options: object,
  position: number,
): Promise<FileReplay> {
  const run = await FileReplay.resume(path, make(), options);
  while (!run.done && run.position < position) await run.advance(1);
  await run.save();
  run.close();
  return run;
}

describe.each(Object.keys(FORMATS) as TraceFormat[])("a replay of a file of the format %s", (format) => {
  const length = 4_000;
  const plain = file(`steady.${format}`, TEXT_OF[format](steadyTrace(3, length)));
  // What is unpacked comes in long pieces.
  const packed = file(`steady.${format}.gz`, gzipSync(TEXT_OF[format](steadyTrace(3, 5 * length))));
  const places = fc.array(fc.integer({ min: 1, max: length }), { minLength: 1, maxLength: 4 });
  const options = { ...measures, checkpoint: join(folder, "any.checkpoint"), pieceSize: 500 };

  it.each(Object.keys(HEAPS))("that is given up and resumed is as one in one go: %s", async (name) => {
    const make = HEAPS[name]!;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(plain, packed), places, async (path, places) => {
        const heap = make();
        const expected = await replayFile(path, heap, measures);
        rmSync(options.checkpoint, { force: true });
        for (const place of places.sort((a, b) => a - b)) {
          const run = await runUpTo(path, make, options, path === plain ? place : 5 * place);
          if (path === plain) expect(run.position).toBeLessThan(place + length / 10);
        }
        const last = make();
        expect(await replayFile(path, last, options)).toEqual(expected);
        expect(last.snapshot()).toEqual(heap.snapshot());
      }),
      { numRuns: 2 },
    );
  });
});

describe("a checkpoint", () => {
  const trace = steadyTrace(1, 200_000);
  const path = file("steady.rep", TEXT_OF.rep(trace));
  const make = HEAPS["first fit, growing"]!;
  const checkpoint = join(folder, "steady.checkpoint");

  it("is written at the end, too, and the result is had from it again", async () => {
    const whole = await replayFile(path, make(), { checkpoint });
    const heap = make();
    expect(await replayFile(path, heap, { checkpoint })).toEqual(whole);
    expect(whole).toMatchObject({ operations: 200_000, finished: true });
  });

  it("is written when a signal, onProgress or an interrupt stops the replay, and not where none is asked for", async () => {
    const stops = [{ signal: { aborted: true } }, { progressEvery: 1, onProgress: () => false }];
    for (const stop of stops) {
      rmSync(checkpoint);
      await replayFile(path, make(), { checkpoint, ...stop });
      expect(existsSync(checkpoint)).toBe(true);
    }
    rmSync(checkpoint);
    const run = new FileReplay(path, make(), { checkpoint });
    const bar = { update: (done: number, total: number) => void (done < total && process.emit("SIGINT")) };
    await runReplay(run, bar);
    run.close();
    expect(run.done).toBe(false);
    const { operations } = run.result;
    const later = await FileReplay.resume(path, make(), { checkpoint });
    expect(later.result.operations).toBe(operations);
    expect(later.position).toBe(0);
    const seen: number[] = [];
    await runReplay(later, { update: (done) => seen.push(done) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(later.result).toEqual({ ...(await replayFile(path, make())) });
    await new FileReplay(path, make()).save();
  });

  it("is one of a heap with a fit of one's own as of any other", async () => {
    const last = () =>
      new FreeList(8192, 16, {
        fit: (holes, size) => holes.filter((hole) => hole.size >= size).at(-1) ?? null,
      });
    const options = { checkpoint: join(folder, "own.checkpoint") };
    await runUpTo(path, last, options, 50_000);
    expect(await replayFile(path, last(), options)).toEqual(await replayFile(path, last()));
  });

  it("keeps that a replay has stopped at its first failure", async () => {
    const small = () => new FreeList(1024, 16);
    const options = { checkpoint: join(folder, "failed.checkpoint"), stopAtFailure: true };
    const first = await replayFile(path, small(), options);
    expect(first).toMatchObject({ failures: 1, finished: false });
    expect(await replayFile(path, small(), options)).toEqual(first);
  });

  it("is found out at once where it cannot be written", async () => {
    let seen = 0;
    const options = { checkpoint: join(folder, "nowhere/x"), progressEvery: 1, onProgress: () => seen++ };
    await expect(replayFile(path, make(), options)).rejects.toThrow("its folder does not exist");
    expect(seen).toBe(0);
  });

  it("does not go with a history", () => {
    expect(() => new FileReplay(path, make(), { checkpoint, history: true })).toThrow(
      "A checkpoint does not hold what options.history records: leave one of them out.",
    );
  });

  describe("is refused", () => {
    const options = { ...measures, checkpoint: join(folder, "given.checkpoint") };
    const given = async () => {
      rmSync(options.checkpoint, { force: true });
      await runUpTo(path, make, options, 100_000);
      return readFileSync(options.checkpoint, "utf8");
    };
    const refusal = async (heap = make(), more: object = {}, at = path) => {
      const before = heap.snapshot();
      const error = await FileReplay.resume(at, heap, { ...options, ...more }).catch((error) => error);
      expect(heap.snapshot()).toEqual(before);
      expect(error).toBeInstanceOf(RangeError);
      return error.message;
    };

    it("where a single character is another", async () => {
      const json = await given();
      await fc.assert(
        fc.asyncProperty(
          fc.nat(json.length - 1),
          fc.string({ minLength: 1, maxLength: 1 }),
          async (at, letter) => {
            fc.pre(json[at] !== letter);
            writeFileSync(options.checkpoint, json.slice(0, at) + letter + json.slice(at + 1));
            // A blank, or an escape, between two fields changes nothing.
            fc.pre(!same(json, readFileSync(options.checkpoint, "utf8")));
            expect(await refusal()).toMatch(
              /^This is no checkpoint of a replay: .*Delete its file to begin again\.$/,
            );
          },
        ),
      );
    });

    it("where it is cut short or something else", async () => {
      const json = await given();
      for (const text of [
        "",
        "null",
        "[]",
        "{}",
        '"x"',
        json.slice(0, -1),
        json.slice(0, 1000),
        json.replace('"version":1', '"version":2'),
      ]) {
        writeFileSync(options.checkpoint, text);
        expect(await refusal()).toMatch(/^This is no checkpoint of a replay: /);
      }
    });

    it("with another file, heap or options", async () => {
      await given();
      const longer = file("longer.rep", `${TEXT_OF.rep(trace)}f 0\n`);
      expect(await refusal(make(), {}, longer)).toMatch(
        /it is of another file, "steady.rep", of \d+ bytes, not \d+/,
      );
      expect(await refusal(new FreeList(0, 32, { growable: true }))).toMatch(
        /A snapshot of the heap .* does not fit/,
      );
      expect(await refusal(make(), { statistics: false })).toMatch(
        /the replay's options.statistics was true, and now is false/,
      );
      expect(await refusal(make(), { skipBadLines: true })).toMatch(/options.skipBadLines/);
    });

    it("with a file of the same length and other operations, when those have been read", async () => {
      await given();
      const text = TEXT_OF.rep(trace);
      const at = text.indexOf("\na ", 5_000) + 1;
      const other = file("other.rep", `${text.slice(0, at)}r${text.slice(at + 1)}`.replace(/^r/, "a"));
      writeFileSync(
        other,
        text.replace(/^(a \d+ \d+\n)/m, (line) =>
          line.replace(/ (\d)(\d*)\n/, (_, a, b) => ` ${(+a % 9) + 1}${b}\n`),
        ),
      );
      const run = await FileReplay.resume(other, make(), options);
      await expect(run.advance()).rejects.toThrow(
        /the first \d+ bytes of this one are not those of the other/,
      );
    });

    it("where its state is no heap's, though its checksum is right", async () => {
      const { crc: _, ...fields } = JSON.parse(await given());
      const forged = { ...fields, state: "AAAA", crc: 0 };
      forged.crc = new Crc32().push(Buffer.from(JSON.stringify(forged))).value;
      writeFileSync(options.checkpoint, JSON.stringify(forged));
      expect(await refusal()).toMatch(/^This is no checkpoint of a replay: its state/);
    });
  });
});

/** Whether two texts are the same JSON. */
function same(a: string, b: string): boolean {
  try {
    return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
  } catch {
    return false;
  }
}
