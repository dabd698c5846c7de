import { describe, expect, it } from "vitest";
import { writeRep } from "./rep";
import { Trace } from "./trace";
import type { TraceReport } from "./trace-parser";
import { parseTrace } from "./trace-parser";

const HEADER = "20000\n3\n6\n1\n";

/** The operations in short: `a 0 10, f 0`. */
const operations = (text: string) => writeRep(parseTrace(text)).split("\n").slice(4, -1).join(", ");

describe("a .rep file of CS:APP", () => {
  it("has a header of four numeric lines", () => {
    expect(operations("20000\n2\n4\n1\na 0 512\na 1 128\nr 0 640\nf 1\n")).toBe(
      "a 0 512, a 1 128, r 0 640, f 1",
    );
  });

  it("or of two, or none at all", () => {
    expect(operations("2\n3\na 0 512\na 1 128\nf 1\n")).toBe("a 0 512, a 1 128, f 1");
    expect(operations("a 0 512\nf 0\n")).toBe("a 0 512, f 0");
  });

  it("may free NULL with f -1", () => {
    let report: TraceReport | undefined;
    const trace = parseTrace(`${HEADER}f -1\na 0 8\n`, {
      onReport: (r) => {
        report = r;
      },
    });
    expect(trace.length).toBe(1);
    expect(report).toMatchObject({ format: "rep", nullFrees: 1 });
  });

  it("may reallocate an id that it has not named before: an allocation", () => {
    expect(operations(`${HEADER}r 0 64\nf 0\n`)).toBe("a 0 64, f 0");
  });

  it("may reallocate to 0 bytes: a free, after which the program holds NULL", () => {
    expect(operations(`${HEADER}a 0 64\nr 0 0\n`)).toBe("a 0 64, f 0");
    expect(operations(`${HEADER}a 0 64\nr 0 0\nf 0\nr 0 32\n`)).toBe("a 0 64, f 0, a 0 32");
  });

  it("may use an id again after its free", () => {
    expect(operations(`${HEADER}a 0 64\nf 0\na 0 32\nf 0\nr 0 16\n`)).toBe(
      "a 0 64, f 0, a 0 32, f 0, a 0 16",
    );
  });

  it("may have CRLF, blank lines, extra blanks, no final newline, and blocks left at the end", () => {
    expect(operations("20000\r\n3\r\n6\r\n1\r\n\r\na 0  64 \r\n\ta 1 8\r\n\r\nf 0")).toBe(
      "a 0 64, a 1 8, f 0",
    );
  });

  it("may number its blocks as it likes: they are numbered anew in the order of their first use", () => {
    expect(operations(`${HEADER}a 7 64\na 2147483647 8\nf 7\na 0 4\n`)).toBe("a 0 64, a 1 8, f 0, a 2 4");
    expect(operations(`${HEADER}a 0 1\na 5 2\na 1 3\nf 5\nf 1\n`)).toBe("a 0 1, a 1 2, a 2 3, f 1, f 2");
  });

  it("may have a header that is not true: nothing is made ready for what it says", () => {
    expect(operations("9007199254740993\n2147483647\n99999999999999999999\n1\na 0 64\n")).toBe("a 0 64");
    expect(operations("-1\n0\n0\n-5\na 0 64\n")).toBe("a 0 64");
  });

  it("may have lines that write into a block, as MIT's have: no operations", () => {
    expect(operations("20000\n2\n5\n1\na 0 100\nw 0 64\na 1 50\nf 0\nf 1\n")).toBe(
      "a 0 100, a 1 50, f 0, f 1",
    );
    expect(operations("w 0 64\na 0 8\n")).toBe("a 0 8");
    expect(() => parseTrace("a 0 8\nw 0\n")).toThrow(/^Line 2 \(rep\): "w 0" is no "w ID BYTES"/);
  });

  it("may have comments, as Stanford's scripts have: alone, behind an operation, before everything", () => {
    expect(operations("# heap activity\na 0 8192\na 1 48   # a note\n\n# then\nr 1 96#\nf 0\t# f 1\n")).toBe(
      "a 0 8192, a 1 48, r 1 96, f 0",
    );
    expect(operations("  # \n20000 # heap\n2\n4\n#\n1\na 0 8\n")).toBe("a 0 8");
  });

  it("may have a header of three lines, or one in CMU's order", () => {
    expect(operations("20000\n1\n1\na 0 8\n")).toBe("a 0 8");
    expect(operations("1\n1\n1\n8\na 0 8\n")).toBe("a 0 8");
  });

  it("may have a block of 0 bytes", () => {
    expect(operations(`${HEADER}a 0 0\nr 1 0\nf 1\n`)).toBe("a 0 0, a 1 0, f 1");
  });
});

describe("a .rep file is refused, with line and reason,", () => {
  it.each([
    ["a 7 ", "has no size"],
    ["a 7", "has no size"],
    ["a", 'is none of "a ID SIZE"'],
    ["a x 8", "has no id"],
    ["a -1 8", "has no id"],
    ["a 7 -8", "has no whole size"],
    ["a 7 8.5", "has no whole size"],
    ["a 7 8 9", "has no whole size"],
    ["a 7 9007199254740993", "beyond 2^53"],
    ["a 99999999999999999999 8", "beyond 2^53"],
    ["a 0 8", "block 0 is allocated a second time without a free between"],
    ["f 7", "block 7 is freed, but it is not allocated"],
    ["f", 'is none of "a ID SIZE"'],
    ["f -2", "only -1, NULL"],
    ["f 0 8", "has no whole id"],
    ["x 0 8", 'is none of "a ID SIZE"'],
    ["ab 0 8", 'is none of "a ID SIZE"'],
    ["4711", "is a line of the header"],
    ["a 7 8\0", "has no whole size"],
  ])("for %j", (line, reason) => {
    const text = `${HEADER}a 0 64\n${line}\nf 0\n`;
    expect(() => parseTrace(text)).toThrow(reason);
    expect(() => parseTrace(text)).toThrow(/^Line 6 \(rep\): /);
    expect(operationsSkipping(text)).toBe("a 0 64, f 0");
  });

  it("for a block freed twice", () => {
    expect(() => parseTrace(`${HEADER}a 0 8\nf 0\nf 0\n`)).toThrow(/^Line 7 \(rep\): block 0 is freed, but/);
  });

  it("for a header of one or five numeric lines", () => {
    expect(() => parseTrace("1\na 0 8\n")).toThrow(/^Line 2 \(rep\): the header has one numeric line/);
    expect(() => parseTrace("1\n2\n3\n4\n5\na 0 8\n")).toThrow(/^Line 5 \(rep\): the header has a fifth/);
  });
});

function operationsSkipping(text: string): string {
  let report: TraceReport | undefined;
  const trace = parseTrace(text, {
    skipBadLines: true,
    onReport: (r) => {
      report = r;
    },
  });
  expect(report).toMatchObject({ skipped: 1, firstSkipped: { line: 6 } });
  return writeRep(trace).split("\n").slice(4, -1).join(", ");
}

describe("writeRep(trace)", () => {
  const trace = Trace.from([
    { kind: "malloc", id: 0, size: 24 },
    { kind: "malloc", id: 1, size: 8 },
    { kind: "realloc", id: 0, size: 16 },
    { kind: "free", id: 1 },
  ]);

  it("writes the header of the dialect, by default the one that CS:APP's and CMU's drivers read", () => {
    const operations = "a 0 24\na 1 8\nr 0 16\nf 1\n";
    expect(writeRep(trace)).toBe(`1\n2\n4\n32\n${operations}`);
    expect(writeRep(trace, { dialect: "cmu" })).toBe(writeRep(trace));
    expect(writeRep(trace, { dialect: "classic" })).toBe(`32\n2\n4\n1\n${operations}`);
    expect(writeRep(trace, { dialect: "short" })).toBe(`2\n4\n${operations}`);
  });

  it("refuses other dialects", () => {
    expect(() => writeRep(trace, { dialect: "new" as "cmu" })).toThrow(
      'options.dialect must be one of "cmu", "classic", "short", not "new"',
    );
  });
});

describe("mdriver", () => {
  /** What a driver reads: numbers by fscanf, the header's and each operation's. */
  function driverReads(text: string) {
    const [first, ids, operations, last] = text.split("\n").map(Number);
    return { first, ids, operations, last, lines: text.trimEnd().split("\n").length - 4 };
  }

  it("of CMU takes what writeRep writes: a weight from 0 to 3, the ids, the operations, the most bytes live", () => {
    for (const sizes of [[1], [5, 70_000], [2 ** 40]]) {
      const trace = Trace.from(sizes.map((size, id) => ({ kind: "malloc", id, size })));
      const { first, ids, operations, last, lines } = driverReads(writeRep(trace));
      expect([0, 1, 2, 3]).toContain(first);
      expect([ids, operations, lines, last]).toEqual([trace.ids, trace.length, trace.length, trace.peakLive]);
    }
  });

  it("of CS:APP finds ids and operations in the same lines, and uses no other", () => {
    const trace = Trace.from([{ kind: "malloc", id: 0, size: 5000 }]);
    for (const dialect of ["cmu", "classic"] as const) {
      expect(driverReads(writeRep(trace, { dialect }))).toMatchObject({ ids: 1, operations: 1, lines: 1 });
    }
  });
});

describe("a .rep file without sizes", () => {
  const text = `${HEADER}a 0 16\na 1 \nr 0 64 # larger\na 2# as large\nr 1\t\r\nf 0\nf 1\n`;

  it("is refused, with the option that reads it as mdriver does", () => {
    expect(() => parseTrace(text)).toThrow(
      /^Line 6 \(rep\): "a 1 " has no size: the line is "a ID SIZE"; mdriver .* missingSizes: "previous"$/,
    );
  });

  it("is read with the sizes of the operations before, and the report counts them", () => {
    let report: TraceReport | undefined;
    const trace = parseTrace(text, {
      missingSizes: "previous",
      onReport: (r) => {
        report = r;
      },
    });
    expect(writeRep(trace).split("\n").slice(4, -1).join(", ")).toBe(
      "a 0 16, a 1 16, r 0 64, a 2 64, r 1 64, f 0, f 1",
    );
    expect(report).toMatchObject({ sizesAssumed: 3, skipped: 0 });
  });

  it("is refused where no operation before has a size, and for another wish", () => {
    const options = { missingSizes: "previous" } as const;
    expect(() => parseTrace(`${HEADER}a 0\na 1 8\n`, options)).toThrow(/no line before it has one/);
    expect(() => parseTrace(text, { missingSizes: "zero" as "previous" })).toThrow(
      'options.missingSizes must be one of "previous" or left out, to refuse them, not "zero"',
    );
  });
});
