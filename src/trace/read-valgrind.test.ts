import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseTrace } from "./parse-trace";
import type { TraceReport } from "./trace-parser";
import { writeRep } from "./write-rep";

const fixture = (name: string) => readFileSync(join(__dirname, "fixtures", name));

function read(text: string | Uint8Array) {
  let report: TraceReport | null = null;
  const trace = parseTrace(text, {
    onReport: (r) => {
      report = r;
    },
  });
  const operations = writeRep(trace).split("\n").slice(4, -1).join(", ");
  return { trace, operations, report: report! as TraceReport };
}

/** A log of these calls. */
const log = (...calls: string[]) => calls.map((call) => `--32005-- ${call}\n`).join("");

describe("a log of valgrind --trace-malloc=yes", () => {
  it("tells the same operations of a program as mtrace", () => {
    const { trace, report } = read(fixture("tiny.valgrind.txt"));
    expect(trace.equals(parseTrace(fixture("tiny.mtrace")))).toBe(true);
    // calloc(huge, huge) is reported by valgrind alone; at exit it frees what the C library holds.
    expect(report).toMatchObject({ format: "valgrind", failed: 3, strays: 0, skipped: 0, cut: false });
  });

  it("has every operator new and delete of C++", () => {
    const { trace, operations, report } = read(fixture("tiny-new.valgrind.txt"));
    const sizes = [4, 40, 128, 384, 40, 4, 128, 24, 41];
    const expected = sizes.map((size, i) => `a ${i + 1} ${size}, f ${i + 1}`).join(", ");
    expect(operations).toBe(`a 0 72704, ${expected}, f 0`);
    expect(trace.name).toBe("tiny-new");
    expect(report.failed).toBe(0);
  });

  it.each([
    ["calloc's product", log("calloc(3,100) = 0x4A41090"), "a 0 300"],
    ["memalign", log("memalign(al 64, size 200) = 0x4A41240"), "a 0 200"],
    ["operator new with alignment", log("_ZnwmSt11align_val_t(size 128, al 64) = 0x4A41240"), "a 0 128"],
    ["realloc", log("malloc(10) = 0x4A41040", "realloc(0x4A41040,5000) = 0x4A42450"), "a 0 10, r 0 5000"],
    ["realloc of NULL", log("realloc(0x0,10)malloc(10) = 0x4A41040"), "a 0 10"],
    [
      "realloc to 0 bytes, a free with a line of its own for the result",
      log("malloc(10) = 0x4A414D0", "realloc(0x4A414D0,0)free(0x4A414D0)", " = 0"),
      "a 0 10, f 0",
    ],
    [
      "realloc to 0 bytes that keeps a block",
      log("malloc(10) = 0x4A414D0", "realloc(0x4A414D0,0) = 0x4A41500", "free(0x4A41500)"),
      "a 0 10, f 0, a 1 0, f 1",
    ],
    ["a free of NULL", log("free(0x0)", "malloc(1) = 0x10"), "a 0 1"],
    ["a failure", log("malloc(4611686018427387904) = 0x0", "malloc(1) = 0x10"), "a 0 1"],
    [
      "a realloc that failed: the old block lives on",
      log("malloc(1) = 0x10", "realloc(0x10,4611686018427387904) = 0x0", "free(0x10)"),
      "a 0 1, f 0",
    ],
    [
      "a calloc that overflows and reports no result",
      log("calloc(4611686018427387904,4611686018427387904)malloc(1) = 0x10"),
      "a 0 1",
    ],
    ["sizes asked for", log("malloc(1) = 0x10", "malloc_usable_size(0x10) = 1"), "a 0 1"],
    ["32-bit names", log("_Znwj(4) = 0x10", "_ZdlPvj(0x10)"), "a 0 4, f 0"],
  ])("has %s", (_, text, expected) => {
    expect(read(text).operations).toBe(expected);
  });

  it("has other messages between, which are passed over", () => {
    const text = `==7== Memcheck, a memory error detector\n--7-- REDIR: 0x40249e0 (ld-linux.so.2:strlen) redirected\n--7-- malloc(1) = 0x10\n**7** new failed\n--7:0:aspacem <0>\n==7== \n`;
    expect(read(text).operations).toBe("a 0 1");
  });

  it("may be cut short", () => {
    const bytes = fixture("tiny.valgrind.txt");
    for (let end = 20; end < bytes.length; end++) parseTrace(bytes.subarray(0, end));
    expect(read(`${log("malloc(1) = 0x10")}--32005-- calloc(3,`).report.cut).toBe(true);
  });
});

describe("a log of valgrind is refused, with line and reason,", () => {
  it.each([
    ["--32005-- malloc(10) = nothing", "malloc without a result"],
    ["--32005-- malloc(ten) = 0x20", "malloc without a size"],
    ["--32005-- malloc(10", "is cut or damaged"],
    ["--32005-- malloc(10) = 0x20 and more", "is cut or damaged"],
    ["--32005-- free(10)", "a free without an address"],
    ["--32005-- realloc(0x10)", "realloc is reported as"],
    ["--32005-- frobnicate(10) = 0x20", "frobnicate is not a call that is known"],
    ["--32005-- malloc(10) = 0x10", "this address is allocated a second time"],
    ["--32005-- malloc(9007199254740993) = 0x20", "more than 2^53"],
    ["hello from the program", "keep the program's own output apart with --log-file=trace.%p.txt"],
  ])("for %j", (line, reason) => {
    const text = `${log("malloc(1) = 0x10")}${line}\n`;
    expect(() => parseTrace(text)).toThrow(reason);
    expect(() => parseTrace(text)).toThrow(/^Line 2 \(valgrind\): /);
  });

  it("for two processes in one file", () => {
    expect(() => parseTrace(`${log("malloc(1) = 0x10")}--32006-- malloc(1) = 0x10\n`)).toThrow(
      /^Line 2 \(valgrind\): a second process, 32006 beside 32005, .*--log-file=trace\.%p\.txt/,
    );
  });
});
