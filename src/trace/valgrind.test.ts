import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeRep } from "./rep";
import type { TraceReport } from "./trace-parser";
import { parseTrace } from "./trace-parser";

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

  it.each([
    "drd: drd_malloc_wrappers.c:113 (handle_free): Assertion 'success' failed.",
    "valgrind: the 'impossible' happened:",
  ])("may end where valgrind itself gives up: %s", (last) => {
    const rest = "\nhost stacktrace:\n==32005==    at 0x5801FD6A: ???\n\nsched status:\n  running_tid=1\n";
    expect(read(`${log("malloc(1) = 0x10", "free(0x10)")}\n${last}\n${rest}`)).toMatchObject({
      operations: "a 0 1, f 0",
      report: { skipped: 0 },
    });
    expect(() => parseTrace(`${log("malloc(1) = 0x10")}prog: a.c:1: main: Assertion \`x' failed.\n`)).toThrow(
      "keep the program's own output apart",
    );
  });

  it("may be cut short", () => {
    const bytes = fixture("tiny.valgrind.txt");
    const first = bytes.indexOf("\n") + 1;
    for (let end = first; end < bytes.length; end++) parseTrace(bytes.subarray(0, end));
    expect(read(`${log("malloc(1) = 0x10")}--32005-- calloc(3,`).report.cut).toBe(true);
  });
});

describe("a message in the middle of a call", () => {
  const message =
    "Argument 'size' of function malloc has a fishy (possibly negative) value: -1\n==7==    at 0x484: malloc\n==7== \n";

  it.each([
    ["malloc(1)", 1],
    ["calloc(3,4)", 12],
    ["realloc(0x0,5)", 5],
    ["memalign(al 64, size 6)", 6],
    ["aligned_alloc(al 64, size 6)", 6],
    ["valloc(7)", 7],
    ["pvalloc(7)", 7],
    ["_Znwm(8)", 8],
    ["_ZnamRKSt9nothrow_t(9)", 9],
    ["_ZnwmSt11align_val_tRKSt9nothrow_t(size 10, al 64)", 10],
    ["__builtin_vec_new(11)", 11],
    ["memalign(al 3, size 12)", 12],
  ])("comes before the result of %s", (call, size) => {
    for (const between of [
      message,
      "realloc() with size 0\n",
      "Thread 2:\n==7== Invalid read (of size 1)\n",
      "\n",
    ]) {
      const { operations, report } = read(`--7-- ${call}${between}--7--  = 0x4A0\n--7-- free(0x4A0)\n`);
      expect(operations).toBe(`a 0 ${size}, f 0`);
      expect(report).toMatchObject({ failed: 0, strays: 0, skipped: 0 });
      const failed = read(`--7-- ${call}${between}--7--  = 0x0\n--7-- malloc(2) = 0x4A0\n`);
      expect(failed.operations).toBe("a 0 2");
      expect(failed.report.failed).toBe(1);
    }
  });

  it("comes before the result of a realloc: moved, in place, denied, to 0 bytes", () => {
    const realloc = (size: number, result: string) =>
      read(`--7-- malloc(1) = 0x10\n--7-- realloc(0x10,${size})${message}--7--  = ${result}\n`).operations;
    expect(realloc(50, "0x40")).toBe("a 0 1, r 0 50");
    expect(realloc(50, "0x10")).toBe("a 0 1, r 0 50");
    expect(realloc(50, "0x0")).toBe("a 0 1");
    expect(realloc(0, "0x0")).toBe("a 0 1, f 0");
    expect(realloc(0, "0x40")).toBe("a 0 1, f 0, a 1 0");
  });

  it("comes before the answer to malloc_usable_size", () => {
    expect(
      read(`--7-- malloc(1) = 0x10\n--7-- malloc_usable_size(0x10)${message}--7--  = 24\n`).operations,
    ).toBe("a 0 1");
  });

  it("ends the log: the call came to nothing", () => {
    expect(read(`--7-- malloc(1) = 0x10\n--7-- malloc(5)${message}`).report).toMatchObject({
      failed: 1,
      cut: false,
    });
  });

  it("may have a time before the process's number", () => {
    const stamped = `--00:00:00:00.449 11-- malloc(10)Thread 2:\n==00:00:01:00.001 11== Invalid\n--01:02:03:04.449 11--  = 0x4A0\n`;
    expect(read(`==00:00:00:00.000 11== Command: ./prog\n${stamped}`).trace).toMatchObject({
      name: "prog",
      length: 1,
    });
  });
});

describe("another thread in the middle of a call", () => {
  it.each([
    [
      "its calls come before the result",
      "malloc(306)malloc(101) = 0x75DF140|free(0x75DF140)| = 0x8036AC0|free(0x8036AC0)",
    ],
  ])("%s", (_, calls) => {
    expect(read(log(...calls.split("|"))).operations).toBe("a 0 101, f 0, a 1 306, f 1");
  });

  it("has its own results at once; of the others the one that waits longest has the next", () => {
    const calls = [
      "malloc(401)malloc(204) = 0x10",
      "malloc(206)malloc(304) = 0x20",
      "free(0x20)",
      " = 0x30",
      " = 0x40",
    ];
    expect(read(log(...calls)).operations).toBe("a 0 204, a 1 304, f 1, a 2 401, a 3 206");
  });

  it("may get a message, whose call has the result behind it", () => {
    const calls = ["malloc(401)malloc(204) = 0x10", "malloc(5)Thread 2:", " = 0x20", " = 0x30"];
    expect(read(log(...calls)).operations).toBe("a 0 204, a 1 5, a 2 401");
  });

  it("comes between a realloc to 0 bytes and its result", () => {
    const calls = ["malloc(1) = 0x10", "malloc(7)realloc(0x10,0)free(0x10)", " = 0", " = 0x40"];
    expect(read(log(...calls)).operations).toBe("a 0 1, f 0, a 1 7");
  });

  it("leaves no more calls open than there can be threads", () => {
    const { report } = read(`${log("malloc(1) = 0x10")}${"--32005-- malloc(1)\n".repeat(100_000)}`);
    expect(report.failed).toBe(100_000);
  });
});

describe("the log of a program with mistakes is read whole, as valgrind wrote it:", () => {
  it.each([
    ["free", "a 0 10, a 1 20, f 0, f 1", { failed: 0, strays: 3 }],
    ["realloc", "a 0 10, a 1 30, f 0, a 2 7, f 2, r 1 50, f 1", { failed: 2, strays: 0 }],
    [
      "uninitialised",
      "a 0 10, a 1 32, a 2 0, f 2, r 0 1, a 3 0, f 3, a 4 0, f 4, f 0, f 1",
      { failed: 0, strays: 0 },
    ],
    ["negative", "a 0 5, a 1 10, f 0", { failed: 9, strays: 0 }],
    ["stamped", "a 0 5, a 1 10, f 0", { failed: 9, strays: 0 }],
    ["large", "a 0 400000000, r 0 500000000, a 1 300000000, f 0, f 1", { failed: 0, strays: 0 }],
    ["new", "a 0 72704, a 1 10, f 1, a 2 12, a 3 0, f 3, f 2", { failed: 4, strays: 1 }],
  ])("%s", (bug, expected, counts) => {
    const { operations, report } = read(fixture(`bugs-${bug}.valgrind.txt`));
    expect(operations).toBe(expected);
    expect(report).toMatchObject({ ...counts, skipped: 0, cut: false });
  });

  it("threads", () => {
    const { trace, report } = read(fixture("bugs-threads.valgrind.txt"));
    const sizes = [...trace].flatMap((operation) => (operation.kind === "malloc" ? [operation.size] : []));
    const asked = [100, 200, 300].flatMap((bytes) => Array.from({ length: 12 }, (_, i) => bytes + i));
    // The thread library asks for some bytes of its own.
    expect(sizes.filter((size) => asked.includes(size)).sort()).toEqual(asked.sort());
    expect(report).toMatchObject({ failed: 36, strays: 3, skipped: 0 });
  });
});

describe("a log of valgrind is refused, with line and reason,", () => {
  it.each([
    ["--32005--  = 0x4A41040", "is a result without its call"],
    ["--32005-- free(0x10)Invalid read", "is cut or damaged"],
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
