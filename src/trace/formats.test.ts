import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeCompact } from "./compact";
import { FORMATS, type TraceFormat } from "./formats";
import type { Line } from "./line";
import { RecordingReader } from "./recording";
import { type RepDialect, writeRep } from "./rep";
import { TraceBuilder } from "./trace";
import { TraceError } from "./trace-error";
import { parseTrace, type TraceReport } from "./trace-parser";
import type { Format } from "./trace-reader";

/** Traces of up to 300 operations; each block is numbered by its allocation, as parsed traces are. */
const traces = fc
  .array(fc.record({ kind: fc.nat(2), which: fc.nat(), size: fc.oneof(fc.nat(4096), fc.maxSafeNat()) }), {
    minLength: 1,
    maxLength: 300,
  })
  .map((choices) => {
    const builder = new TraceBuilder({ name: "any", source: "fast-check" });
    const live: number[] = [];
    let next = 0;
    for (const { kind, which, size } of choices) {
      const index = which % (live.length || 1);
      if (kind === 0 || live.length === 0) {
        builder.malloc(next, size);
        live.push(next++);
      } else if (kind === 1) builder.realloc(live[index]!, size || 1);
      else builder.free(live.splice(index, 1)[0]!);
    }
    return builder.build();
  });

describe("a trace that is written and read again is the same", () => {
  it("as writeCompact writes it, name and source included", () => {
    fc.assert(
      fc.property(traces, (trace) => {
        const again = parseTrace(writeCompact(trace));
        expect(again.equals(trace)).toBe(true);
        expect([again.name, again.source, again.peakLive]).toEqual(["any", "fast-check", trace.peakLive]);
      }),
      { numRuns: 300 },
    );
  });

  it("as writeRep writes it, in every dialect", () => {
    const dialects = fc.constantFrom<RepDialect>("cmu", "classic", "short");
    fc.assert(
      fc.property(traces, dialects, (trace, dialect) => {
        expect(parseTrace(writeRep(trace, { dialect })).equals(trace)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

/** Texts that hold a call that failed, of the formats that know such calls. */
const FAILED: { readonly [name in TraceFormat]?: string } = {
  mtrace: "= Start\n+ (nil) 0x40\n",
  valgrind: "--7-- malloc(10) = 0x0\n",
  heaptrack: "v 10550 3\n- 0\n",
  android: "1: malloc 0x0 10\n",
  rep: "f -1\n",
};

describe.each(Object.entries(FORMATS))("a text of the format %s", (name, { title, remedy, empty }) => {
  it("that holds no calls is refused, and how to record them is said", () => {
    const refused = `(${name}): this text (${title}) holds no calls: ${remedy}`;
    for (const text of [empty, `# a comment\n\n${empty}`]) expect(() => parseTrace(text)).toThrow(refused);
  });

  it("of which no line can be read is refused with the first that is wrong", () => {
    const wrong = { skipBadLines: true, format: name as TraceFormat };
    const message = /no line of this text \(.*\) can be read; line \d+: "/;
    expect(() => parseTrace(`${empty}= -- ?\n`, wrong)).toThrow(message);
  });
});

it.each(Object.entries(FAILED))(
  "a call that came to nothing makes a trace of no operations: %s",
  (_, text) => {
    expect(parseTrace(text).length).toBe(0);
  },
);

describe("a format that was added to the table", () => {
  // The example in the documentation of `Format`.
  const EQUALS = 61;
  class ToyReader extends RecordingReader {
    readonly source = "toy";
    #begun = false;

    read(line: Line): string | null {
      if (!this.#begun) {
        this.#begun = true;
        return line.rest() === "#toy 1" ? null : this.refuseAll(`${line.quote()} is not "#toy 1"`);
      }
      const name = line.word();
      const size = line.take(EQUALS) ? line.decimal() : null;
      const wrong = name === "" || Number.isNaN(size) || !line.done();
      if (wrong) return `${line.quote()} is neither "NAME=SIZE" nor "NAME"`;
      if (size === null) return this.book.free(name);
      return this.book.isLive(name) ? `${name} is live already` : this.book.malloc(name, size);
    }
  }
  const toy: Format = {
    title: "a toy's log",
    sign: /^#toy /,
    remedy: "play with the toy first",
    empty: "#toy 1\n",
    obtained: "`toy --log FILE`",
    variants: "",
    Reader: ToyReader,
  };
  const table = FORMATS as Record<string, Format>;
  beforeAll(() => {
    table.toy = toy;
  });
  afterAll(() => {
    delete table.toy;
  });

  it("is recognised, by a first line that looks like a comment, too", () => {
    const reports: TraceReport[] = [];
    const onReport = (report: TraceReport) => reports.push(report);
    for (const start of ["", "# a comment\n\n"]) {
      const { length, peakLive } = parseTrace(`${start}#toy 1\na=10\nb=20\na\n`, { onReport });
      expect({ length, peakLive }).toEqual({ length: 3, peakLive: 30 });
    }
    expect(reports.map(({ format }) => format)).toEqual(["toy", "toy"]);
  });

  it("refuses another version of itself, also where bad lines are skipped", () => {
    for (const skipBadLines of [true, false]) {
      const read = () => parseTrace("#toy 2\na=10\n", { skipBadLines });
      expect(read).toThrow('Line 1 (toy): "#toy 2" is not "#toy 1"');
    }
  });

  it("is refused without calls, as the others are", () => {
    expect(() => parseTrace(toy.empty)).toThrow("this text (a toy's log) holds no calls: play with the toy");
  });
});

describe("the refusal of a text of no known format", () => {
  it("says that what looks like a comment was skipped", () => {
    expect(() => parseTrace("#tyo 1\nnothing=10\n")).toThrow(
      /^Line 2: "nothing=10" begins no trace that is known \(.*\); line 1, "#tyo 1", was skipped as a comment$/,
    );
    expect(() => parseTrace("\n#a\n#b\nnothing=10\n")).toThrow(/; line 2, "#a", was skipped as a comment$/);
    expect(() => parseTrace("nothing=10\n")).toThrow(/is known \([^;]*\)$/);
  });
});

describe("what is no trace but known is refused with what to do instead:", () => {
  it.each([
    [
      "ltrace from the start",
      '__libc_start_main([ "./prog" ] <unfinished ...>\nmalloc(80) = 0x55fd007f4380\n',
      "ltrace",
    ],
    ["ltrace -f", "[pid 12] malloc(10) = 0x5581\n", "looks like ltrace"],
    ["ltrace of a library", "tiny->free(0x5581) = <void>\n", "looks like ltrace"],
    ["ltrace without malloc", 'strlen("x") = 1\n', "looks like strace or ltrace"],
    ["strace", 'execve("/bin/ls", ["ls"], 0x7ffd /* 20 vars */) = 0\n', "looks like strace"],
    ["massif", "desc: --massif-out-file=x\ncmd: ./prog\n", "holds totals and no calls"],
    ["JSON", '{"format":"freelist-lab history"}', "looks like JSON"],
    ["an archive", `notes.txt${"\0".repeat(91)}0000644\n`, "this is binary data"],
    ["a text of comments", "# one\n# two\n", "the text is empty"],
  ])("%s", (_, text, reason) => {
    expect(() => parseTrace(text)).toThrow(reason);
  });
});

it.each([
  ["a valgrind log", "--1-- free(0x", "0", "g)"],
  ["valgrind's calls", "--1-- ", "free(0x0)", "!"],
  ["valgrind's interrupted calls", "--1-- ", "malloc(8)", "!"],
  ["valgrind's time", "--", "00:", " x"],
  ["valgrind's command", "==1== Command: ", "/ ", "x"],
  ["heaptrack's command", "v 10550 3\nX ", "a", " b"],
  ["heaptrack's command of slashes", "v 10550 3\nX ", "/", "\r"],
  ["heaptrack's figures", "v 10550 3\n+ ", "0", "g"],
  ["a compact header of blanks", "freelist-lab trace 1\nkey:", " ", "\rx"],
  ["a compact header of figures", "freelist-lab trace 1\npeak: ", "1", "x"],
  ["a compact header without a colon", "freelist-lab trace 1\n", "a", "\r"],
  ["an mtrace caller", "@ ", "[0x1] ", "+"],
  ["mtrace blanks", "", " ", "[0x1] ?"],
  ["an mtrace address", "= Start\n+ 0x", "0", "g"],
  ["heaptrack's kinds", "v 10550 3\na ", "0", "g"],
  ["Android's addresses", "1: free 0x", "0", "g"],
  ["Android's times", "1: free 0x10", " 1", "x"],
  [".rep figures", "a 0 ", "9", "x"],
  [".rep blanks", "a 0", " ", "x"],
  ["names", "freelist-lab trace 1\nprogram: ", "\u0001", "\n8"],
  ["nothing known", "", "(", "x"],
])("a line of a million bytes takes no longer than many short ones: %s", (_, start, piece, end) => {
  const text = start + piece.repeat(Math.floor((2 ** 20 - 60) / piece.length)) + end;
  // The bound is the test's time: a pattern that goes back would take hours.
  for (const skipBadLines of [true, false]) refusalOf(`${text}\n`, skipBadLines);
});

it("a line of more than 2^20 bytes is refused with its number, whatever stands in it", () => {
  for (const [name, { empty }] of Object.entries(FORMATS)) {
    const lines = empty.split("\n").length;
    const message = refusalOf(`${empty}${"x".repeat(2_000_000)}\n`, false);
    expect(message).toBe(
      `Line ${lines} (${name}): the line has more than 1048576 bytes: this is no trace, or its line breaks are lost`,
    );
  }
});

/** The message with which `text` is refused; "" when it is read. */
function refusalOf(text: string, skipBadLines: boolean): string {
  try {
    parseTrace(text, { skipBadLines });
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    expect((error as TraceError).reason.length).toBeLessThan(600);
    return (error as TraceError).message;
  }
}
