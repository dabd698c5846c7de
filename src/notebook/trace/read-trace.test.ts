import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as zlib from "node:zlib";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { TraceBuilder } from "../../trace/trace";
import { TraceError } from "../../trace/trace-error";
import { parseTrace, type TraceReport } from "../../trace/trace-parser";
import { readTrace } from "./read-trace";
import { streamTrace } from "./stream-trace";

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

/** What `heaptrack --raw` writes, compressed with zstd: `+ 10 1 1000` and `- 1000` of ./prog. */
const ZSTD = Buffer.from(
  "KLUv/QRYiQEAdiAxMDU1MCAzClggLi9wcm9nCnQgNDAxMTM2IDAKKyAxMCAxIDEwMDAKLSAxMDAwChw0TGU=",
  "base64",
);

describe("a file compressed with zstd", () => {
  const path = file("heaptrack.prog.1.raw.zst", ZSTD);
  const named = /^Line 1: this is compressed with zstd: unpack it with "zstd -d FILE", or let readTrace /;

  it.runIf("createZstdDecompress" in zlib)("is read where Node can", async () => {
    const trace = await readTrace(path);
    expect([trace.name, trace.length, trace.peakLive]).toEqual(["prog", 2, 16]);
    await expect(readTrace(file("cut.zst", ZSTD.subarray(0, -6)))).rejects.toThrow(
      /zstd is damaged or cut short/,
    );
    await expect(
      readTrace(
        file(
          "bad.zst",
          ZSTD.map((byte, i) => (i > 4 ? byte ^ 85 : byte)),
        ),
      ),
    ).rejects.toThrow(TraceError);
  });

  it.skipIf("createZstdDecompress" in zlib)(
    "is named, with the command that unpacks it, where Node cannot",
    async () => {
      await expect(readTrace(path)).rejects.toThrow(named);
      await expect(streamTrace(path, new TraceBuilder())).rejects.toThrow(named);
    },
  );

  it("is named by parseTrace, which has no zstd anywhere", () => {
    expect(() => parseTrace(ZSTD)).toThrow(named);
  });
});

it("readTrace names what else a file is compressed with", async () => {
  const packed = file("trace.xz", Buffer.from("fd377a585a000004e6d6b446", "hex"));
  await expect(readTrace(packed)).rejects.toThrow(
    'Line 1: this is compressed with xz: unpack it with "xz -d FILE"',
  );
  await expect(readTrace(file("empty.txt", ""))).rejects.toThrow(/^Line 1: the text is empty/);
});

describe("streamTrace(path, sink)", () => {
  it("tells the operations as it reads them", async () => {
    const builder = new TraceBuilder();
    const report = await streamTrace(file("short.rep", "a 5 8\nr 5 16\nf 5\n"), builder);
    expect(report).toMatchObject({ format: "rep", lines: 3 });
    expect([...builder.build()].map(({ kind }) => kind)).toEqual(["malloc", "realloc", "free"]);
  });
});
