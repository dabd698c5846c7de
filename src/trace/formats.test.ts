import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeCompact } from "./compact";
import { FORMATS, type TraceFormat } from "./formats";
import { type RepDialect, writeRep } from "./rep";
import { Trace, TraceBuilder } from "./trace";
import { TraceError } from "./trace-error";
import { parseTrace } from "./trace-parser";

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

/** Of each format, a text that is recognised and holds no call, and one that holds a call that failed. */
const EMPTY: Readonly<Record<TraceFormat, readonly [none: string, failed: string | null]>> = {
  compact: [writeCompact(Trace.from([], { name: "nothing" })), null],
  mtrace: ["= Start\n= End\n", "= Start\n+ (nil) 0x40\n"],
  valgrind: ["==11== Memcheck, a memory error detector\n==11== HEAP SUMMARY:\n", "--7-- malloc(10) = 0x0\n"],
  heaptrack: ["v 10550 3\nX ./prog\nt 401136 0\n# strings: 1\n", "v 10550 3\n- 0\n"],
  rep: ["0\n0\n0\n1\n# nothing\nw 0 8\n", "f -1\n"],
};

describe.each(Object.entries(FORMATS))("a text of the format %s", (name, { title, remedy }) => {
  const [none, failed] = EMPTY[name as TraceFormat];

  it("that holds no calls is refused, and how to record them is said", () => {
    const refused = `(${name}): this text (${title}) holds no calls: ${remedy}`;
    for (const text of [none, `# a comment\n\n${none}`]) expect(() => parseTrace(text)).toThrow(refused);
  });

  it("of which no line can be read is refused with the first that is wrong", () => {
    const wrong = { skipBadLines: true, format: name as TraceFormat };
    const text = name === "compact" ? `${none.split("\n")[0]}\n-5\n` : `${none}= -- ?\n`;
    expect(() => parseTrace(text, wrong)).toThrow(/no line of this text \(.*\) can be read; line \d+: "/);
  });

  it("that holds a call that came to nothing is a trace of no operations", () => {
    if (failed !== null) expect(parseTrace(failed).length).toBe(0);
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
  for (const [name, [none]] of Object.entries(EMPTY)) {
    const lines = none.split("\n").length;
    const message = refusalOf(`${none}${"x".repeat(2_000_000)}\n`, false);
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
