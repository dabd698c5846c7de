import { NumberTable } from "../base/number-table";
import { oneOf } from "../base/wrong-argument";
import { IdPool } from "./id-pool";
import type { Line } from "./line";
import type { Trace } from "./trace";
import {
  type Format,
  MOST_LIVE,
  ReadCounts,
  type ReadOptions,
  type TraceReader,
  type TraceSink,
  tooManyLive,
} from "./trace-reader";

const A = 97;
const R = 114;
const F = 102;
const W = 119;
const HASH = 35;
const MINUS = 45;

const FORMS = '"a ID SIZE", "r ID SIZE", "f ID"';

/**
 * Reads the `.rep` files of CS:APP's malloc lab and its relatives: a header of two to four numeric lines, or none; then
 * `a ID SIZE`, `r ID SIZE`, `f ID`. The header's numbers are not relied upon, so that their order does not matter: suggested heap
 * size, ids, operations, weight in CS:APP's own; weight, ids, operations, most bytes in CMU's newer ones; ids and operations alone.
 * As in C: `f -1` frees NULL, `r` of a dead id allocates, `r ID 0` frees; an id may be used again after its free. What begins with
 * `#`, as in Stanford's scripts, says nothing; neither does MIT's `w ID BYTES`, which writes into a block.
 */
class RepReader implements TraceReader {
  readonly #sink: TraceSink;
  readonly #ids = new FileIds();
  /** The ids whose blocks were freed by a realloc to 0 bytes, so that the program's pointers to them are NULL. */
  readonly #nulled = new NumberTable();
  readonly #mostLive: number;
  blocks = 0;
  #headerLines = 0;
  #inHeader = true;
  readonly #assumesSizes: boolean;
  /** The size that was read last; NaN before the first. */
  #lastSize = Number.NaN;
  readonly counts = new ReadCounts();
  readonly hopeless = false;
  readonly mayBeCut = false;
  readonly program = "";
  readonly source = "CS:APP .rep";

  constructor(sink: TraceSink, options: ReadOptions) {
    this.#sink = sink;
    this.#assumesSizes = options.missingSizes === "previous";
    this.#mostLive = options.mostLive ?? MOST_LIVE;
  }

  read(line: Line): string | null {
    if (isOver(line)) return null;
    const letter = line.bytes[line.at]!;
    if (letter !== A && letter !== R && letter !== F && letter !== W) return this.#header(line);
    line.at++;
    if (!line.blanks()) return `${line.quote()} is none of ${FORMS}`;
    const lines = this.#inHeader ? this.#headerLines : 0;
    this.#inHeader = false;
    if (lines === 1) {
      return "the header has one numeric line, not four (heap size, ids, operations, weight), three or two (ids, operations)";
    }
    if (letter === F) return this.#free(line);
    return letter === W ? write(line) : this.#allocate(line, letter);
  }

  end(): string | null {
    return null;
  }

  #header(line: Line): string | null {
    line.take(MINUS);
    const value = line.decimal();
    if (Number.isNaN(value) || !isOver(line)) return `${line.quote()} is none of ${FORMS}`;
    if (!this.#inHeader) return `${line.quote()} is a line of the header, but operations have begun`;
    if (++this.#headerLines > 4) return "the header has a fifth numeric line: it has four, three or two";
    return null;
  }

  #allocate(line: Line, letter: number): string | null {
    const form = letter === A ? "a ID SIZE" : "r ID SIZE";
    const fileId = line.decimal();
    if (Number.isNaN(fileId)) return `${line.quote()} has no id: the line is "${form}"`;
    const assumed = isOver(line);
    if (assumed && !this.#assumesSizes) {
      return `${line.quote()} has no size: the line is "${form}"; mdriver takes the size before it, and so does the option missingSizes: "previous"`;
    }
    if (assumed && Number.isNaN(this.#lastSize))
      return `${line.quote()} has no size, and no line before it has one`;
    const size = assumed ? this.#lastSize : line.decimal();
    if (Number.isNaN(size) || !isOver(line))
      return `${line.quote()} has no whole size: the line is "${form}"`;
    if (fileId > Number.MAX_SAFE_INTEGER || size > Number.MAX_SAFE_INTEGER) {
      return `${line.quote()} has a number beyond 2^53 − 1`;
    }
    this.#lastSize = size;
    const live = this.#ids.of(fileId);
    if (letter === A && live >= 0) {
      return `block ${fileId} is allocated a second time without a free between`;
    }
    if (live < 0 && this.#ids.live + this.#nulled.size >= this.#mostLive) return tooManyLive(this.#mostLive);
    if (assumed) this.counts.sizesAssumed++;
    if (live >= 0) return this.#realloc(fileId, live, size);
    this.blocks++;
    this.#nulled.delete(fileId);
    this.#sink.malloc(this.#ids.malloc(fileId), size);
    return null;
  }

  #realloc(fileId: number, id: number, size: number): null {
    if (size > 0) this.#sink.realloc(id, size);
    else {
      this.#nulled.set(fileId, 1);
      this.#ids.free(fileId);
      this.#sink.free(id);
    }
    return null;
  }

  #free(line: Line): string | null {
    const negative = line.take(MINUS);
    const fileId = line.decimal();
    if (Number.isNaN(fileId) || !isOver(line)) return `${line.quote()} has no whole id: the line is "f ID"`;
    if (negative && fileId !== 1) return `${line.quote()}: of the negative ids only -1, NULL, can be freed`;
    if (negative || this.#nulled.get(fileId) !== 0) {
      this.counts.nullFrees++;
      return null;
    }
    const id = this.#ids.of(fileId);
    if (id < 0) return `block ${fileId} is freed, but it is not allocated at this point`;
    this.#ids.free(fileId);
    this.#sink.free(id);
    return null;
  }
}

/** MIT's line that writes into a block. */
function write(line: Line): string | null {
  const id = line.decimal();
  line.blanks();
  const bytes = line.decimal();
  return Number.isNaN(id) || Number.isNaN(bytes) || !isOver(line)
    ? `${line.quote()} is no "w ID BYTES"`
    : null;
}

/** Whether nothing is left but blanks and a comment; moves over the blanks. */
function isOver(line: Line): boolean {
  return line.done() || line.bytes[line.at] === HASH;
}

/**
 * The blocks' ids by those that a file names them with, which may be any numbers. An id is given in the order of first use and stays with
 * its number, whose next block has it again, so that a file that numbers its blocks 0, 1, 2… keeps its ids; once the pool
 * gives ids again, those of dead blocks are forgotten.
 */
class FileIds {
  readonly #pool = new IdPool();
  /** By a file's id: the id + 1 of its live block; −(id + 1) of one that is dead and keeps it. */
  readonly #ids = new NumberTable();
  /** Number of live blocks. */
  live = 0;
  #keeps = true;

  /** The id of the live block `fileId`; −1 when there is none. */
  of(fileId: number): number {
    return Math.max(-1, this.#ids.get(fileId) - 1);
  }

  /** The block `fileId`, which is dead, becomes live. @returns its id */
  malloc(fileId: number): number {
    const kept = this.#ids.get(fileId);
    if (kept === 0 && this.#keeps && this.#pool.reuses) this.#forgetDead();
    const id = kept < 0 ? -kept - 1 : this.#pool.take();
    this.#ids.set(fileId, id + 1);
    this.live++;
    return id;
  }

  /** The live block `fileId` dies. */
  free(fileId: number): void {
    const id = this.#ids.get(fileId) - 1;
    if (this.#keeps) this.#ids.set(fileId, -(id + 1));
    else {
      this.#ids.delete(fileId);
      this.#pool.give(id);
    }
    this.live--;
  }

  #forgetDead(): void {
    const dead: number[] = [];
    this.#ids.forEach((fileId, id) => {
      if (id < 0) dead.push(fileId);
    });
    for (const fileId of dead) {
      this.#pool.give(-this.#ids.get(fileId) - 1);
      this.#ids.delete(fileId);
    }
    this.#keeps = false;
  }
}

/** CS:APP's `.rep` and its relatives. */
export const rep: Format = {
  title: ".rep",
  sign: /^\s*(?:-?\d+\s*(?:#|$)|[arfw]\s)/,
  remedy: `below the header come its operations, ${FORMS}`,
  empty: "0\n0\n0\n1\n# nothing\nw 0 8\n",
  obtained: "CS:APP's malloc lab and its relatives, `writeRep(trace)`",
  variants:
    "CS:APP's header, CMU's, one of two or three lines, none; comments behind `#`; MIT's `w` lines; `a ID` without a size with `{ missingSizes: \"previous\" }`, as `mdriver` reads it",
  Reader: RepReader,
};

/** The headers that `writeRep` writes, by the dialect that they belong to. */
const HEADERS = {
  cmu: ({ ids, length, peakLive }: Trace) => [1, ids, length, peakLive],
  classic: ({ ids, length, peakLive }: Trace) => [peakLive, ids, length, 1],
  short: ({ ids, length }: Trace) => [ids, length],
} as const;

/** A dialect of `.rep`: see `WriteRepOptions`. */
export type RepDialect = keyof typeof HEADERS;

/** How `writeRep` writes. */
export interface WriteRepOptions {
  /**
   * What the header says. The operations are the same in all.
   * - `"cmu"` (default): weight, ids, operations, most bytes live, as CMU's newer `mdriver` demands, which refuses a weight
   *   above 3. CS:APP's own driver reads this as well: it uses neither its first line nor its fourth.
   * - `"classic"`: suggested heap size, ids, operations, weight, as CS:APP's traces have it. The size is the most bytes live.
   * - `"short"`: ids and operations.
   */
  readonly dialect?: RepDialect;
}

/**
 * Writes a trace as a `.rep` file of CS:APP's malloc lab: a header, then `a ID SIZE`, `r ID SIZE`, `f ID`, the ids as they are in the
 * trace; the weight is 1. Name and source have no place in that format.
 */
export function writeRep(trace: Trace, options: WriteRepOptions = {}): string {
  const dialect = oneOf("options.dialect", options.dialect ?? "cmu", Object.keys(HEADERS)) as RepDialect;
  let text = `${HEADERS[dialect](trace).join("\n")}\n`;
  for (let i = 0; i < trace.length; i++) {
    const kind = trace.kindAt(i);
    if (kind === "free") text += `f ${trace.idAt(i)}\n`;
    else text += `${kind === "malloc" ? "a" : "r"} ${trace.idAt(i)} ${trace.sizeAt(i)}\n`;
  }
  return text;
}
