import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Line } from "./line";
import { MtraceLine } from "./mtrace";
import { writeRep } from "./rep";
import type { TraceReport } from "./trace-parser";
import { parseTrace } from "./trace-parser";

const fixture = (name: string) => readFileSync(join(__dirname, "fixtures", name));
const START = "= Start\n";

/** The operations in short: `a 0 10, f 0`. */
const operations = (text: string) => writeRep(parseTrace(text)).split("\n").slice(4, -1).join(", ");

function reportOf(text: string): TraceReport {
  let found: TraceReport | null = null;
  parseTrace(text, {
    onReport: (report) => {
      found = report;
    },
  });
  return found!;
}

describe("a recording of glibc's mtrace", () => {
  it("is read whole, with its failures left out and counted", () => {
    let report: TraceReport | undefined;
    const trace = parseTrace(fixture("tiny.mtrace"), {
      onReport: (r) => {
        report = r;
      },
    });
    const expected =
      "a 0 10, a 1 300, r 0 5000, a 2 33, a 3 0, f 0, f 1, a 4 200, a 5 256, a 6 100, a 7 300, r 2 200, f 3, a 8 6, " +
      "a 9 0, a 10 0, f 5, f 7, f 4";
    expect(writeRep(trace).split("\n").slice(4, -1).join(", ")).toBe(expected);
    expect(report).toMatchObject({ format: "mtrace", failed: 2, nullFrees: 0, strays: 0, cut: false });
  });

  it("has malloc(0) with the size 0", () => {
    expect(operations(`${START}@ ./tiny:[0x1204] + 0x5635880a05e0 0\n`)).toBe("a 0 0");
  });

  it("has a realloc as two lines, old then new", () => {
    const text = `${START}@ t:[0x1] + 0x10 0x8\n@ t:[0x2] < 0x10\n@ t:[0x2] > 0x40 0x1388\n@ t:[0x3] - 0x40\n`;
    expect(operations(text)).toBe("a 0 8, r 0 5000, f 0");
  });

  it("may reallocate in place, or a block that the recording has not seen: an allocation", () => {
    expect(operations(`${START}+ 0x10 0x8\n< 0x10\n> 0x10 0x4\n`)).toBe("a 0 8, r 0 4");
    expect(operations(`${START}< 0x10\n> 0x40 0x4\n- 0x40\n`)).toBe("a 0 4, f 0");
  });

  it("may have a failed malloc, which is no operation", () => {
    const text = `${START}@ t:[0x1298] + (nil) 0x4000000000000000\n+ 0x10 0x8\n`;
    expect(operations(text)).toBe("a 0 8");
    expect(reportOf(text).failed).toBe(1);
  });

  it("may have a failed realloc, after which the old block lives on", () => {
    const text = `${START}+ 0x10 0x8\n@ t:[0x12af] ! 0x10 0x4000000000000000\n- 0x10\n`;
    expect(operations(text)).toBe("a 0 8, f 0");
    expect(reportOf(text)).toMatchObject({ failed: 1, strays: 0 });
  });

  it.each([
    ["FILE:[0xOFF]", "@ ./tiny:[0x11d0] + 0x10 0x8"],
    ["FILE:(sym+HEX)[0xOFF]", "@ /lib/libc.so.6:(__strdup+1a)[0x9e9aa] + 0x10 0x8"],
    ["[0xADDR]", "@ [0x7f0012345678] + 0x10 0x8"],
    ["missing", "+ 0x10 0x8"],
    ["without @, as in the C library's manual", " [0x401136] + 0x10 0x8"],
    ["without @, of a file", "./tiny:[0x1204] + 0x10 0x8"],
    ["a file with spaces", "@ /opt/my program (2)/a - b:[0x1] + 0x10 0x8"],
    ["a file that looks like a line", "@ /tmp/@ x:[0x1] - 0x5:[0x1] + 0x10 0x8"],
    ["a symbol in UTF-8", "@ ./tïny:(größe+1)[0x1] + 0x10 0x8"],
  ])("has callers: %s", (_, line) => {
    expect(operations(`${START}${line}\n`)).toBe("a 0 8");
  });

  it("may be the C library manual's own sample", () => {
    const sample = "= Start\n [0x401136] + 0x1000 0x14\n [0x401150] - 0x1000\n = End\n";
    expect(operations(sample)).toBe("a 0 20, f 0");
    expect(operations(sample.slice(8))).toBe("a 0 20, f 0");
  });

  it("may miss = Start and = End, have CRLF and blank lines", () => {
    expect(operations("@ t:[0x1] + 0x10 0x8\r\n\r\n@ t:[0x1] - 0x10\r\n= End\r\n")).toBe("a 0 8, f 0");
  });

  it("frees blocks that were allocated before it began: counted, left out", () => {
    const text = `${START}- 0x5635880a07c0\n+ 0x10 0x8\n- (nil)\n`;
    expect(operations(text)).toBe("a 0 8");
    expect(reportOf(text)).toMatchObject({ strays: 1, nullFrees: 1 });
  });

  it("keeps addresses apart that differ beyond 53 bits", () => {
    const text = `${START}+ 0xb400007f12345670 0x8\n+ 0xb400007f12345671 0x9\n- 0xb400007f12345670\n`;
    expect(operations(text)).toBe("a 0 8, a 1 9, f 0");
  });

  it("is read up to a last line cut short, wherever it is cut", () => {
    const bytes = fixture("tiny.mtrace");
    const whole = parseTrace(bytes).length;
    const first = bytes.indexOf("\n", START.length) + 1;
    for (let end = first; end < bytes.length; end++) {
      expect(parseTrace(bytes.subarray(0, end)).length).toBeLessThanOrEqual(whole);
    }
    expect(reportOf(`${START}+ 0x10 0x8\n@ ./tiny:[0x12`)).toMatchObject({ cut: true, lines: 3 });
    expect(reportOf(`${START}+ 0x10 0x8\n- 0x10`).cut).toBe(false);
  });
});

describe("a file of mtrace is refused, with line and reason,", () => {
  it("when an address is allocated twice: several threads or a fork", () => {
    expect(() => parseTrace(`${START}+ 0x10 0x8\n+ 0x20 0x8\n+ 0x10 0x8\n`)).toThrow(
      /^Line 4 \(mtrace\): 0x10 is allocated a second time .*several threads, or a process and its forks.*valgrind --trace-malloc=yes/,
    );
    expect(() => parseTrace(`${START}+ 0x10 0x8\n+ 0x20 0x8\n< 0x10\n> 0x20 0x9\n`)).toThrow(
      /^Line 5 .*threads/,
    );
  });

  it("when the halves of a realloc are apart: several threads or a fork", () => {
    expect(() => parseTrace(`${START}+ 0x10 0x8\n< 0x10\n+ 0x20 0x8\n> 0x30 0x9\n`)).toThrow(
      /^Line 4 .*threads/,
    );
    expect(() => parseTrace(`${START}> 0x30 0x9\n`)).toThrow(/^Line 2 \(mtrace\): > without the </);
  });

  it("when threads wrote it, even where bad lines are skipped", () => {
    expect(() => parseTrace(`${START}+ 0x10 0x8\n+ 0x10 0x8\n`, { skipBadLines: true })).toThrow(/^Line 3/);
  });

  it("when a second recording begins in it", () => {
    expect(() => parseTrace(`${START}+ 0x10 0x8\n= End\n${START}`)).toThrow(/^Line 4 .*second recording/);
  });

  it.each([
    ["+ 0x10", "+ without a size"],
    ["- 0x10 0x8", "- is followed by an address alone"],
    ["< 0x10 0x8", "< is followed by an address alone"],
    ["< (nil)", "< is followed by an address alone"],
    ["! 0x10", "! without the size"],
    ["+ 0x10 8", "is no line of mtrace"],
    ["+ 10 0x8", "is no line of mtrace"],
    ["+ 0x 0x8", "is no line of mtrace"],
    ["+ 0x10  0x8", "is no line of mtrace"],
    ["? 0x10 0x8", "is no line of mtrace"],
    ["@ t + 0x10 0x8", "is no line of mtrace"],
    ["@ t:[0x] + 0x10 0x8", "is no line of mtrace"],
    ["+ 0x10 0x20000000000000", "more than 2^53"],
    ["= Middle", "is no line of mtrace"],
    ["\0\0\0\0", '"\\x00\\x00\\x00\\x00" is no line of mtrace'],
    ["\0".repeat(60), `"${"\\x00".repeat(15)}…" is no line of mtrace`],
    ["?".repeat(60), `"${"?".repeat(60)}" is no line of mtrace`],
    ["?".repeat(61), `"${"?".repeat(60)}…" is no line of mtrace`],
  ])("for %j", (line, reason) => {
    expect(() => parseTrace(`${START}+ 0x30 0x8\n${line}\n- 0x30\n`)).toThrow(reason);
    expect(() => parseTrace(`${START}+ 0x30 0x8\n${line}\n- 0x30\n`)).toThrow(/^Line 3 \(mtrace\): /);
  });
});

describe("MtraceLine", () => {
  const EXPRESSION = /^[ \t]*(?:.*\[0x[0-9a-f]+\] )?([-+<>!]) (0x[0-9a-f]+|\(nil\))(?: (0x[0-9a-f]+|0))?$/;
  const lines = gunzipSync(readFileSync(join(__dirname, "fixtures", "lines.mtrace.gz")))
    .toString("latin1")
    .split("\n")
    .slice(0, -1);

  function isRead(text: string): boolean {
    const bytes = Buffer.from(text, "latin1");
    const line = new Line();
    line.set(bytes, 0, bytes.length);
    return new MtraceLine().parse(line);
  }

  it("takes the lines of real programs that the expression takes", () => {
    expect(lines.length).toBeGreaterThan(1000);
    for (const line of lines) {
      expect([line, isRead(line)]).toEqual([line, line !== "= Start"]);
      expect([line, EXPRESSION.test(line)]).toEqual([line, line !== "= Start"]);
    }
  });

  it("takes a damaged line if and only if the expression does", () => {
    const bit = fc.constantFrom(
      "0x1f",
      "0x",
      "(nil)",
      " ",
      "  ",
      "0",
      "+",
      "-",
      "<",
      "!",
      "[0x1] ",
      "] ",
      "@ ",
      ":",
      "g",
    );
    const damage = fc.record({ at: fc.nat(200), drop: fc.nat(8), put: fc.array(bit, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.array(damage, { maxLength: 3 }), (line, damages) => {
        let text = line;
        for (const { at, drop, put } of damages) {
          const from = text.length - (at % (text.length + 1));
          text = text.slice(0, from) + put.join("") + text.slice(from + drop);
        }
        expect([text, isRead(text)]).toEqual([text, EXPRESSION.test(text)]);
      }),
      { numRuns: 20_000 },
    );
  });
});
