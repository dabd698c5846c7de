import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseTrace } from "./parse-trace";
import { TraceError } from "./trace-error";
import type { TraceReport } from "./trace-parser";

const REP = "2\n2\na 0 16\nf 0\n";
const fixture = (name: string) => readFileSync(join(__dirname, "fixtures", name));

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
    for (const bytes of [Buffer.from(REP), gzipSync(REP), Buffer.from(`\ufeff${REP}`)]) {
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
    expect(() => parseTrace(REP, { format: "csv" as "rep" })).toThrow(/one of rep, mtrace, .*, not csv/);
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
    ["\0\0\0\0\0\0", '"\\x00\\x00\\x00\\x00\\x00\\x00" begins no trace'],
    ["@".repeat(1_000_000), `"${"@".repeat(60)}…" begins no trace`],
    ["a".repeat(3_000_000), "more than 1048576 bytes"],
    ["2\n2\na 0 ".padEnd(1_000_000, "9"), "beyond 2^53"],
  ])("for what is no trace: %.20j", (text, reason) => {
    expect(() => parseTrace(text)).toThrow(TraceError);
    expect(() => parseTrace(text)).toThrow(reason);
    expect(() => parseTrace(text, { skipBadLines: true, format: "rep" })).not.toThrow(RangeError);
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
