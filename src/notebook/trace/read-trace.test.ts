import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { TraceBuilder } from "../../trace/trace";
import { TraceError } from "../../trace/trace-error";
import type { TraceReport } from "../../trace/trace-parser";
import { readTrace, streamTrace } from "./read-trace";

const folder = mkdtempSync(join(tmpdir(), "read-trace-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of that content. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const REP = `2\n2\n${"a 0 16\nf 0\n".repeat(100_000)}`;

describe("readTrace(path)", () => {
  it("reads a file of more than one piece, gzipped or not", async () => {
    const plain = await readTrace(file("long.rep", REP));
    const packed = await readTrace(file("long.rep.gz", gzipSync(REP)));
    expect([plain.length, plain.peakLive]).toEqual([200_000, 16]);
    expect(packed.equals(plain)).toBe(true);
  });

  it("names the trace as asked, else as the text or the file does", async () => {
    const path = file("ls.4711.mtrace", "+ 0x10 0x8\n");
    expect(await readTrace(path)).toMatchObject({ name: "ls", source: "glibc mtrace" });
    expect(await readTrace(path, { name: "mine" })).toMatchObject({ name: "mine" });
    const log = file("trace.1.txt", "==1== Command: cat\n--1-- malloc(8) = 0x10\n");
    expect(await readTrace(log)).toMatchObject({ name: "cat", source: "valgrind" });
  });

  it("tells what was left out", async () => {
    let report: TraceReport | undefined;
    await readTrace(file("odd.rep", "f -1\na 0 8\nwhat\n"), {
      skipBadLines: true,
      onReport: (r) => {
        report = r;
      },
    });
    expect(report).toMatchObject({ nullFrees: 1, skipped: 1, lines: 3 });
  });

  it("refuses a file that is none", async () => {
    await expect(readTrace(file("bad.rep", "a 0 8\na 0\n"))).rejects.toThrow(TraceError);
    await expect(readTrace(join(folder, "missing"))).rejects.toThrow("ENOENT");
  });
});

describe("streamTrace(path, sink)", () => {
  it("tells the operations as it reads them", async () => {
    const builder = new TraceBuilder();
    const report = await streamTrace(file("short.rep", "a 5 8\nr 5 16\nf 5\n"), builder);
    expect(report).toMatchObject({ format: "rep", lines: 3 });
    expect([...builder.build()].map(({ kind }) => kind)).toEqual(["malloc", "realloc", "free"]);
  });
});
