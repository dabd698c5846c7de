import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { writeCompact } from "./compact";
import { writeRep } from "./rep";
import { Trace } from "./trace";
import { TraceError } from "./trace-error";
import { type ParseTraceOptions, parseTrace } from "./trace-parser";

/** Mutated traces in all. */
const RUNS = Number(process.env.FREELIST_TRACES ?? 100_000);
const SEED = Number(process.env.FREELIST_SEED ?? 20261126);

/** A fast seeded stream of numbers: mulberry32. */
function draws(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** What a mutation puts in: all that has a meaning in some format, and numbers that are too large. */
const PIECES = [
  ..."\n,\r\n,\0, ,  ,\t,-,=,+,<,>,!,@ ,#,(,),[0x1] ,(nil),0,-1,0x0,0x10,0x7fffffffffffffff,9007199254740993,4294967296".split(
    ",",
  ),
  ..."2147483648,99999999999999999999,1e9,= Start\n,= End\n,a 0 8\n,r 0 0\n,f 0\n,f -1\n,a 7 ,-1\n,=1 8\n,--7-- ".split(
    ",",
  ),
  ...[
    "a 7\n",
    "w 0 8\n",
    "# x",
    "--7--  = 0x10\n",
    " [0x1] + 0x10 0x8\n",
    "--00:00:00:00.449 7-- ",
    "X /a b\n",
    "key:",
    "a 10 1\n",
    "+ 0\n",
    "7: malloc 0x10 8\n",
    "7: realloc 0x20 0x10 8 1 2\n",
    "7: free 0x10\n",
  ],
  ..."malloc(,) = 0x10,realloc(0x10,free(0x0),calloc(9999999999,v 1\n,freelist-lab trace 1\n,peak: 1\n,\u00e9,\ufeff".split(
    ",",
  ),
];

/** What makes a long line: repeated, it is what a pattern that goes back would go back over. */
const LONG = ["0", " ", "a", "(", "-1", "free(0x0)", "malloc(1)", "/x", ": ", "0x", "\t", "[0x", "é"];

/** What stands in a message: one line, neither endless nor binary. */
const PRINTABLE = /^[ -~…−]{1,600}$/;

function seeds(): Buffer[] {
  const fixture = (name: string) => readFileSync(join(__dirname, "fixtures", name));
  const start = (bytes: Buffer) => bytes.subarray(0, 900);
  const trace = parseTrace(fixture("tiny.mtrace"));
  const named = Trace.from(trace, { name: "tiny", source: "mtrace" });
  const texts = [
    fixture("tiny.mtrace"),
    start(fixture("tiny.valgrind.txt")),
    start(fixture("tiny-new.valgrind.txt")),
    fixture("tiny.heaptrack.txt").subarray(-900),
    Buffer.from(`v 10400 3\n${fixture("tiny.heaptrack.txt").subarray(-600).toString().replace(/^.*\n/, "")}`),
    fixture("tiny.interpreted.heaptrack.txt").subarray(0, 900),
    Buffer.from(
      "7: malloc 0x10 8\n7: calloc 0x20 2 8 10 20\n8: realloc 0x30 0x10 16\n8: free 0x30\n7: thread_done 0x0\n",
    ),
    Buffer.from(writeRep(trace)),
    Buffer.from(writeRep(trace, { dialect: "short" }).replaceAll("\n", " # x\n")),
    fixture("bugs-negative.valgrind.txt").subarray(-900),
    fixture("bugs-stamped.valgrind.txt").subarray(-900),
    Buffer.from(writeCompact(named)),
  ];
  return [...texts, ...texts.map((text) => gzipSync(text))];
}

it(`each of ${RUNS} mutated traces is read, or refused with line and reason (FREELIST_SEED=${SEED})`, () => {
  const draw = draws(SEED);
  const originals = seeds();
  const tally = { read: 0, refused: 0 };
  for (let run = 0; run < RUNS; run++) {
    let bytes = originals[draw(originals.length)]!;
    for (let n = 1 + draw(4); n > 0; n--) bytes = mutate(bytes, draw);
    const refusal = tryReading(
      bytes,
      { skipBadLines: draw(4) === 0, missingSizes: draw(2) === 0 ? "previous" : undefined },
      draw(2) === 0,
    );
    if (refusal === null) tally.read++;
    else {
      tally.refused++;
      // A cheap comparison first: an `expect` a run would take most of the time.
      const said =
        refusal instanceof TraceError &&
        refusal.line >= 1 &&
        refusal.reason.length > 10 &&
        PRINTABLE.test(refusal.message);
      if (!said)
        expect.fail(`run ${run}: ${String(refusal)} for ${JSON.stringify(bytes.toString("latin1"))}`);
    }
  }
  // Both happen often, or nothing is tested.
  expect(Math.min(tally.read, tally.refused)).toBeGreaterThan(RUNS / 50);
});

/** What parsing throws; null when it does not. */
function tryReading(data: Buffer | string, options: ParseTraceOptions, asText: boolean): unknown {
  try {
    parseTrace(asText ? data.toString() : data, options);
    return null;
  } catch (error) {
    return error;
  }
}

/** A copy of `bytes` with a bit, a byte, a piece or a stretch changed, moved, repeated, put in or taken out. */
function mutate(bytes: Buffer, draw: (below: number) => number): Buffer {
  const at = draw(bytes.length + 1);
  const to = Math.min(bytes.length, at + draw(40));
  switch (draw(8)) {
    case 0: {
      const copy = Buffer.from(bytes);
      if (at < copy.length) copy[at] = copy[at]! ^ (1 << draw(8));
      return copy;
    }
    case 1:
      return joined(bytes.subarray(0, at), Buffer.from([draw(256)]), bytes.subarray(at));
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(to));
    case 3:
      return joined(bytes.subarray(0, to), bytes.subarray(at));
    case 4:
      return bytes.subarray(0, at);
    case 5:
      return joined(bytes.subarray(at), bytes.subarray(0, at));
    case 6:
      if (draw(100) > 0) break;
      return joined(
        bytes.subarray(0, at),
        Buffer.from(LONG[draw(LONG.length)]!.repeat(draw(100_000))),
        bytes.subarray(at),
      );
  }
  return joined(bytes.subarray(0, at), Buffer.from(PIECES[draw(PIECES.length)]!), bytes.subarray(at));
}

function joined(...parts: Uint8Array[]): Buffer {
  return Buffer.concat(parts);
}

it(`random bytes are refused, or read, without a byte of them in a message (FREELIST_SEED=${SEED})`, () => {
  const draw = draws(SEED ^ 1);
  for (let run = 0; run < 5000; run++) {
    const bytes = Buffer.from(Array.from({ length: draw(300) }, () => draw(256)));
    const packed = MAGICS[draw(MAGICS.length)]!;
    for (const data of [
      bytes,
      joined(Buffer.from(packed as string), bytes),
      bytes.toString("latin1"),
      bytes.toString(),
    ]) {
      const refusal = tryReading(data, {}, false);
      if (refusal === null) continue;
      expect(refusal).toBeInstanceOf(TraceError);
      expect((refusal as TraceError).message).toMatch(PRINTABLE);
    }
  }
});

/** Beginnings after which binary data are more than unknown: of packed files, and of each format. */
const MAGICS: readonly (readonly number[] | string)[] = [
  [0x28, 0xb5, 0x2f, 0xfd],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0],
  [0x50, 0x4b, 3, 4],
  [0x1f, 0x8b],
  [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3],
  "= Start\n",
  "--7-- malloc(",
  "v 1\n+ 1",
  "freelist-lab trace 1\nprogram: ",
  "1\n2\na ",
];
