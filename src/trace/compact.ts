import { widened } from "../base/column";
import type { Line } from "./line";
import { BlockBook } from "./recording";
import type { Trace } from "./trace";
import type { Format, ReadOptions, TraceReader, TraceSink } from "./trace-reader";

/** The first line of our own compact form; what follows it may change with the number. */
const MAGIC = "freelist-lab trace 1";

const MINUS = 45;
const EQUALS = 61;
const HASH = 35;

/**
 * Reads our own compact form, which `writeCompact` writes and describes. Totals in the header are optional; where they
 * are, they must be true, so that a file cut short is noticed.
 */
class CompactReader implements TraceReader {
  /** The live blocks by their numbers: how many were allocated before them. */
  readonly #book: BlockBook;
  readonly #totals = new Map<string, number>();
  #magicSeen = false;
  #inHeader = true;
  /** Bytes of the live blocks by their ids. */
  #sizes = new Float64Array(256);
  #operations = 0;
  #live = 0;
  #peak = 0;
  program = "";
  source = "";
  hopeless = false;
  readonly mayBeCut = false;

  constructor(sink: TraceSink, options: ReadOptions) {
    this.#book = new BlockBook(sink, options.mostLive);
  }

  get counts() {
    return this.#book.counts;
  }

  get blocks(): number {
    return this.#book.blocks;
  }

  read(line: Line): string | null {
    if (line.done() || line.bytes[line.at] === HASH) return null;
    const first = line.bytes[line.at]!;
    if (first === MINUS || first === EQUALS || (first >= 48 && first <= 57)) {
      this.#inHeader = false;
      return this.#operation(line, first);
    }
    if (this.#inHeader) return this.#header(line);
    return `${line.quote()} is none of "SIZE", "-AGE", "=AGE SIZE"`;
  }

  end(): string | null {
    return this.#checkTotal("operations", this.#operations) ?? this.#checkTotal("peak", this.#peak);
  }

  #header(line: Line): string | null {
    const text = line.rest().trim();
    if (!this.#magicSeen) {
      this.#magicSeen = true;
      if (text === MAGIC) return null;
      this.hopeless = true;
      return `${line.quote()} is a version of the form that is not known here: the first line must be "${MAGIC}"`;
    }
    const colon = text.indexOf(":");
    const key = text.slice(0, Math.max(0, colon));
    if (!/^\w+$/.test(key)) return `${line.quote()} is no line "key: value" of the header`;
    const value = text.slice(colon + 1).trim();
    if (key === "program") this.program = value;
    else if (key === "source") this.source = value;
    else if (key === "operations" || key === "peak") {
      const total = /^(\d+(?:\.\d+e\+\d+)?)(?: bytes)?$/.exec(value)?.[1];
      if (total === undefined) return `${line.quote()} has no whole number`;
      this.#totals.set(key, Number(total));
    }
    return null;
  }

  #operation(line: Line, first: number): string | null {
    if (first === MINUS) line.at++;
    else if (first === EQUALS) line.at++;
    else return this.#malloc(line);
    const age = line.decimal();
    const block = this.blocks - age;
    if (Number.isNaN(age)) return `${line.quote()} has no age`;
    if (!(age >= 1 && block >= 0)) {
      return `${line.quote()}: an age is 1, the newest block, to ${this.blocks}, the oldest`;
    }
    const id = this.#book.idOf(block);
    if (id < 0) return `${line.quote()} names block ${block}, which is freed already`;
    return first === MINUS ? this.#free(line, block, id) : this.#realloc(line, block, id);
  }

  #malloc(line: Line): string | null {
    const size = line.decimal();
    if (!line.done()) return `${line.quote()} is none of "SIZE", "-AGE", "=AGE SIZE"`;
    if (size > Number.MAX_SAFE_INTEGER) return `${line.quote()} is a size beyond 2^53 − 1`;
    const block = this.blocks;
    const reason = this.#book.malloc(block, size);
    if (reason !== null) return reason;
    const id = this.#book.idOf(block);
    if (id >= this.#sizes.length) this.#sizes = widened(this.#sizes, 2 * id);
    this.#sizes[id] = size;
    this.#count(size);
    return null;
  }

  #realloc(line: Line, block: number, id: number): string | null {
    if (!line.blanks() || line.at === line.end) return `${line.quote()} has no size: the line is "=AGE SIZE"`;
    const size = line.decimal();
    if (Number.isNaN(size) || !line.done()) return `${line.quote()} has no whole size`;
    if (size > Number.MAX_SAFE_INTEGER) return `${line.quote()} is a size beyond 2^53 − 1`;
    if (size === 0) return `${line.quote()} reallocates to 0 bytes: write a free instead`;
    this.#book.realloc(block, block, size);
    this.#count(size - this.#sizes[id]!);
    this.#sizes[id] = size;
    return null;
  }

  #free(line: Line, block: number, id: number): string | null {
    if (!line.done()) return `${line.quote()} is none of "SIZE", "-AGE", "=AGE SIZE"`;
    this.#book.free(block);
    this.#count(-this.#sizes[id]!);
    return null;
  }

  #count(bytes: number): void {
    this.#operations++;
    this.#live += bytes;
    if (this.#live > this.#peak) this.#peak = this.#live;
  }

  #checkTotal(key: string, found: number): string | null {
    const stated = this.#totals.get(key);
    if (stated === undefined || stated === found) return null;
    return `the header says ${key}: ${stated}, but up to here it is ${found}: the file was cut or edited; mend or delete the header's line`;
  }
}

/** Our own compact form. */
export const compact: Format = {
  title: MAGIC,
  sign: /^freelist-lab trace /,
  remedy: "give writeCompact a trace that has operations",
  empty: `${MAGIC}\n`,
  obtained: "`writeCompact(trace)`, `npm run traces:import`",
  variants: "the form above",
  Reader: CompactReader,
};

/**
 * Writes a trace in our own compact form: text to read, to diff, to write by hand; it packs well too, since a block is
 * named by its age. `parseTrace` reads it back: the same operations, blocks numbered as `TraceSink` says.
 *
 *     freelist-lab trace 1        the first line, as it stands here
 *     program: lua                the trace's name
 *     source: lua5.4 tables.lua   the trace's source
 *     operations: 5               totals; checked when read, may be left out
 *     peak: 664 bytes             the most bytes that live blocks asked for at any time
 *
 *     24                          allocates 24 bytes
 *     0                           allocates 0 bytes: a block too
 *     640
 *     =3 16                       reallocates the third newest block to 16 bytes; it keeps its place
 *     -1                          frees the newest block
 *
 * Age counts allocations, freed blocks included: 1 is the block allocated last. Blank lines and lines that begin with
 * `#` say nothing. All figures are decimal, sizes in bytes.
 */
export function writeCompact(trace: Trace): string {
  const header = [MAGIC];
  if (trace.name !== "") header.push(`program: ${oneLine(trace.name)}`);
  if (trace.source !== "") header.push(`source: ${oneLine(trace.source)}`);
  header.push(`operations: ${trace.length}`, `peak: ${trace.peakLive} bytes`, "");
  return `${header.join("\n")}\n${operationLines(trace)}`;
}

function operationLines(trace: Trace): string {
  /** For each live id, how many blocks had been allocated before it. */
  const numbers = new Float64Array(trace.ids);
  let blocks = 0;
  let text = "";
  for (let i = 0; i < trace.length; i++) {
    const kind = trace.kindAt(i);
    const id = trace.idAt(i);
    if (kind === "malloc") {
      numbers[id] = blocks++;
      text += `${trace.sizeAt(i)}\n`;
    } else {
      const age = blocks - numbers[id]!;
      text += kind === "free" ? `-${age}\n` : `=${age} ${trace.sizeAt(i)}\n`;
    }
  }
  return text;
}

/** `text` as the value of a header line. */
function oneLine(text: string): string {
  return text.replace(/\p{C}+/gu, " ").trim();
}
