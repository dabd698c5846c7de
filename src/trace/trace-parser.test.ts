import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { LONGEST_LINE } from "./line-splitter";
import { TraceBuilder } from "./trace";
import { TraceError } from "./trace-error";
import { parseTrace, TraceParser, type TraceReport } from "./trace-parser";

const fixture = (name: string) => readFileSync(join(__dirname, "fixtures", name));
const quiet = { malloc: () => {}, realloc: () => {}, free: () => {} };

describe("TraceParser", () => {
  it.each(["tiny.mtrace", "tiny.valgrind.txt", "tiny.heaptrack.txt"])(
    "reads %s the same in pieces of any size, gzipped or not",
    (name) => {
      const expected = parseTrace(fixture(name));
      for (const bytes of [fixture(name), gzipSync(fixture(name))]) {
        for (const step of [1, 2, 3, 17, 256, 1e6]) {
          const builder = new TraceBuilder();
          const parser = new TraceParser(builder);
          for (let at = 0; at < bytes.length; at += step) parser.push(bytes.subarray(at, at + step));
          parser.end();
          expect(builder.build().equals(expected)).toBe(true);
        }
      }
    },
  );

  it("reads text in pieces, and long text whole", () => {
    const parser = new TraceParser(quiet);
    for (const piece of ["a", " 0 1", "6\nf ", "", "0\n"]) parser.push(piece);
    expect(parser.end()).toMatchObject({ format: "rep", lines: 2 });
    const long = `freelist-lab trace 1\n# ${"𝄞".repeat(100_000)}\n${"16\n-1\n".repeat(100_000)}`;
    expect(parseTrace(long).length).toBe(200_000);
  });

  it("goes on behind a line that is too long, when bad lines are skipped", () => {
    const parser = new TraceParser(quiet, { skipBadLines: true });
    parser.push(`a 0 16\n${"x".repeat(LONGEST_LINE + 1)}\nf 0\n`);
    expect(parser.end()).toMatchObject({ lines: 3, skipped: 1, firstSkipped: { line: 2 } });
  });

  it("gives an error where a block has an id beyond what a trace may name, and allocates nothing for it", () => {
    const before = process.memoryUsage().arrayBuffers;
    const text = Array.from({ length: 1000 }, (_, i) => `a ${2 ** 31 - 1 - i * 1_000_003} 8\n`).join("");
    expect(parseTrace(text)).toMatchObject({ length: 1000, ids: 1000 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10e6);
  });

  it("can't be used after its end", () => {
    const parser = new TraceParser(quiet);
    parser.push("a 0 16\n");
    parser.end();
    expect(() => parser.push("f 0\n")).toThrow(/make a new TraceParser/);
    expect(() => parser.end()).toThrow(TypeError);
  });

  it("can't be used after it threw", () => {
    const parser = new TraceParser(quiet);
    expect(() => parser.push("hello\n")).toThrow(/^Line 1/);
    expect(() => parser.push("a 0 16\n")).toThrow(TypeError);
  });
});

const REP = "2\n2\na 0 16\nf 0\n";

describe("parseTrace(text)", () => {
  it.each([
    ["rep", REP],
    ["rep", "\n\n a 0 16\nf 0"],
    ["mtrace", "= Start\n@ t:[0x1] + 0x10 0x10\n@ t:[0x1] - 0x10\n"],
    ["mtrace", "+ 0x10 0x10\n- 0x10\n"],
    ["valgrind", "==7== Memcheck\n--7-- malloc(16) = 0x10\n--7-- free(0x10)\n"],
    ["heaptrack", "v 10400 3\n+ 10 1 aa\n- aa\n"],
    ["compact", "freelist-lab trace 1\n16\n-1\n"],
  ])("recognises %s by itself", (format, text) => {
    let report: TraceReport | undefined;
    const trace = parseTrace(text, {
      onReport: (r) => {
        report = r;
      },
    });
    expect([...trace]).toEqual([
      { kind: "malloc", id: 0, size: 16 },
      { kind: "free", id: 0 },
    ]);
    expect(report?.format).toBe(format);
  });

  it("takes bytes as well, gzipped or not, with or without a byte order mark", () => {
    const expected = parseTrace(REP);
    const marked = Buffer.from(`\ufeff${REP}`);
    for (const bytes of [Buffer.from(REP), gzipSync(REP), marked, gzipSync(marked)]) {
      expect(parseTrace(bytes).equals(expected)).toBe(true);
    }
    expect(parseTrace(`\ufeff${REP}`).equals(expected)).toBe(true);
    expect(parseTrace(gzipSync(fixture("tiny.mtrace"))).equals(parseTrace(fixture("tiny.mtrace")))).toBe(
      true,
    );
  });

  it("names the trace as asked, else as its text does", () => {
    const text = "==7== Command: /usr/bin/ls -l\n--7-- malloc(16) = 0x10\n";
    expect(parseTrace(text)).toMatchObject({ name: "ls", source: "valgrind" });
    expect(parseTrace(text, { name: "mine", source: "here" })).toMatchObject({
      name: "mine",
      source: "here",
    });
  });

  it("keeps what is unprintable out of names", () => {
    const text = "freelist-lab trace 1\nprogram: a\u0000b\u001b[31m\u202ec\n16\n";
    expect(parseTrace(text).name).toBe("a b [31m c");
  });

  it("reads the text as the format that is asked for", () => {
    expect(() => parseTrace("- 0x10\n", { format: "rep" })).toThrow(/^Line 1 \(rep\): "- 0x10" is none of/);
    expect(() => parseTrace(REP, { format: "csv" as "rep" })).toThrow(/one of .*"mtrace", .*not "csv"/);
  });

  it("skips bad lines when asked, and tells the first and their number", () => {
    let report: TraceReport | undefined;
    const trace = parseTrace("2\n2\na 0 16\na 7 \nwhat\nf 0\n", {
      skipBadLines: true,
      onReport: (r) => {
        report = r;
      },
    });
    expect(trace.length).toBe(2);
    expect(report).toMatchObject({ lines: 6, skipped: 2, firstSkipped: { line: 4, format: "rep" } });
  });
});

describe("parseTrace(text) throws a TraceError with line, reason and format", () => {
  it("for a bad line", () => {
    try {
      parseTrace("2\r\n2\r\n\r\na 7 \r\n");
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TraceError);
      expect(error).toMatchObject({ name: "TraceError", line: 4, format: "rep" });
      expect((error as TraceError).reason).toMatch(/^"a 7 " has no size/);
    }
  });

  it.each([
    ["", "the text is empty"],
    ["\n \n", "the text is empty"],
    ["hello", '"hello" begins no trace'],
    ["malloc(10) = 0x5581", "looks like ltrace"],
    ["tiny->free(0x5581) = <void>", "looks like ltrace"],
    ["\0\0\0\0\0\0", "this is binary data"],
    ["@".repeat(1_000_000), `"${"@".repeat(60)}…" begins no trace`],
    ["a".repeat(3_000_000), "more than 1048576 bytes"],
    ["2\n2\na 0 ".padEnd(1_000_000, "9"), "beyond 2^53"],
  ])("for what is no trace: %.20j", (text, reason) => {
    expect(() => parseTrace(text)).toThrow(TraceError);
    expect(() => parseTrace(text)).toThrow(reason);
    expect(() => parseTrace(text, { skipBadLines: true, format: "rep" })).not.toThrow(RangeError);
  });

  it.each([
    [
      "zstd",
      "28b52ffd2400010000",
      'unpack it with "zstd -d FILE", or let readTrace do so in Node 22.15 or newer',
    ],
    ["xz", "fd377a585a000004e6d6b446", '"xz -d FILE"'],
    ["bzip2", "425a683931415926535912", '"bzip2 -d FILE"'],
    ["lz4", "04224d186440a7", '"lz4 -d FILE"'],
    ["zip", "504b0304140000000800", '"unzip FILE"'],
    ["7z", "377abcaf271c0004", '"7z x FILE"'],
    ["compress", "1f9d90619c", '"gzip -d FILE"'],
    ["lzip", "4c5a49500117", '"lzip -d FILE"'],
  ])("for data compressed with %s, and names the command that unpacks it", (name, hex, remedy) => {
    const bytes = Buffer.from(hex, "hex");
    for (const step of [1, 4, 100]) {
      const parser = new TraceParser(quiet);
      const feed = () => {
        for (let at = 0; at < bytes.length; at += step) parser.push(bytes.subarray(at, at + step));
        parser.end();
      };
      expect(feed).toThrow(`Line 1: this is compressed with ${name}: `);
    }
    expect(() => parseTrace(bytes)).toThrow(remedy);
  });

  it("for UTF-16, and names the command that converts it", () => {
    expect(() => parseTrace(Buffer.from("\ufeffa 0 8\n", "utf16le"))).toThrow(/^Line 1: .* UTF-16: .*iconv/);
  });

  it("for data shorter than any sign of compression, as for the same text", () => {
    for (const text of ["B", "BZ", "LZI", "a 0", "PK"])
      expect(() => parseTrace(Buffer.from(text))).toThrow(/^Line 1/);
    expect(parseTrace(Buffer.from("f -1")).length).toBe(0);
    expect(() => parseTrace(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))).toThrow(/zstd/);
  });

  it("for gzipped data that is damaged or cut", () => {
    const packed = gzipSync(fixture("tiny.mtrace"));
    expect(() => parseTrace(packed.subarray(0, 40))).toThrow(/^Line 1: the gzipped data is cut short/);
    packed[packed.length - 6]! ^= 1;
    expect(() => parseTrace(packed)).toThrow(/gzipped data is damaged \(incorrect data check\)/);
  });
});

it("parseTrace(x) throws a TypeError for what is neither text nor bytes", () => {
  expect(() => parseTrace(undefined as unknown as string)).toThrow(
    /A trace is a string or a Uint8Array, not undefined/,
  );
  expect(() => parseTrace(["a 0 1"] as unknown as string)).toThrow(TypeError);
});
