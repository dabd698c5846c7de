import { Gunzip, isGzip } from "./gunzip";
import { Line } from "./line";
import { LineSplitter, LONGEST_LINE } from "./line-splitter";
import { CompactReader } from "./read-compact";
import { HeaptrackReader } from "./read-heaptrack";
import { MtraceReader } from "./read-mtrace";
import { RepReader } from "./read-rep";
import { ValgrindReader } from "./read-valgrind";
import { recognise } from "./recognise";
import { TraceError, type TraceFormat } from "./trace-error";
import type { LeftOut, TraceReader, TraceSink } from "./trace-reader";
import { toUtf8 } from "./utf8";

const READERS: Readonly<Record<TraceFormat, new (sink: TraceSink) => TraceReader>> = {
  rep: RepReader,
  mtrace: MtraceReader,
  valgrind: ValgrindReader,
  heaptrack: HeaptrackReader,
  compact: CompactReader,
};

/** Characters of a text that are turned into bytes at a time. */
const WINDOW = 2 ** 16;

/** How a trace is to be read. */
export interface TraceParserOptions {
  /** What the text is. Default: recognised by its first line that is not blank. */
  readonly format?: TraceFormat;
  /**
   * Skips lines that are wrong, and counts them, instead of throwing. Still thrown: a text that is no trace at all, one
   * that several threads or processes wrote, gzipped data that is damaged. Default false.
   */
  readonly skipBadLines?: boolean;
}

/** What was found in a trace's text besides its operations. */
export interface TraceReport extends Readonly<LeftOut> {
  readonly format: TraceFormat;
  /** The program's name as far as the text says it; else "". */
  readonly program: string;
  /** Where the trace comes from: what the text says, or its format. */
  readonly source: string;
  /** Lines of the text, blank ones included. */
  readonly lines: number;
  /** Lines that were wrong and skipped. */
  readonly skipped: number;
  /** The first of them; null when there was none. */
  readonly firstSkipped: TraceError | null;
  /** Whether a last line cut short was ignored. */
  readonly cut: boolean;
}

/**
 * Reads a trace that comes in pieces, in memory that does not depend on its length (its live blocks count), and tells
 * its operations to a sink: `push` each piece, then `end`. `.rep`, glibc mtrace, valgrind `--trace-malloc=yes`,
 * heaptrack's raw file and our own compact form are recognised, gzipped or not. Nothing in the text is trusted: neither
 * a length that it states nor an id makes anything grow.
 *
 * Throws a `TraceError` with line and reason for whatever is wrong in the text; the parser can't be used afterwards.
 */
export class TraceParser {
  readonly #sink: TraceSink;
  readonly #skipBadLines: boolean;
  readonly #line = new Line();
  readonly #splitter: LineSplitter;
  #reader: TraceReader | null = null;
  #format: TraceFormat | null;
  #gunzip: Gunzip | null = null;
  /** The first byte, while it is the only one: one is too few to recognise gzip. */
  #held: Uint8Array | null = null;
  #begun = false;
  #over = false;
  #lines = 0;
  #skipped = 0;
  #firstSkipped: TraceError | null = null;
  #cut = false;

  constructor(sink: TraceSink, options: TraceParserOptions = {}) {
    this.#sink = sink;
    this.#skipBadLines = options.skipBadLines ?? false;
    this.#format = options.format ?? null;
    if (this.#format !== null) this.#reader = makeReader(this.#format, sink);
    this.#splitter = new LineSplitter({
      line: (bytes, start, end, ended) => this.#read(bytes, start, end, ended),
      tooLong: () => this.#readTooLong(),
    });
  }

  /** Lines read so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Takes the next piece of the trace: text, or bytes that may be gzipped. */
  push(piece: string | Uint8Array): void {
    if (this.#over) throw new TypeError("This trace has ended: make a new TraceParser for another one.");
    if (typeof piece === "string") this.#pushText(piece);
    else if (piece instanceof Uint8Array) this.#pushBytes(piece);
    else
      throw new TypeError(`A trace is a string or a Uint8Array, not ${typeof piece}: read the file first.`);
  }

  /** Says that the trace is complete. */
  end(): TraceReport {
    if (this.#over) throw new TypeError("This trace has ended: make a new TraceParser for another one.");
    this.#over = true;
    if (this.#held !== null) this.#splitter.push(this.#held);
    this.#unpack(new Uint8Array(0), true);
    this.#splitter.end();
    const reader = this.#reader;
    if (reader === null || this.#format === null) this.#fail("the text is empty: no trace");
    const reason = reader.end();
    if (reason !== null) this.#fail(reason);
    return {
      ...reader.leftOut,
      format: this.#format,
      program: clean(reader.program),
      source: clean(reader.source),
      lines: this.#lines,
      skipped: this.#skipped,
      firstSkipped: this.#firstSkipped,
      cut: this.#cut,
    };
  }

  #pushText(text: string): void {
    for (let from = 0; from < text.length; ) {
      let to = Math.min(text.length, from + WINDOW);
      // A pair of surrogates stays together.
      if (to < text.length && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to++;
      this.#pushBytes(toUtf8(text.slice(from, to)));
      from = to;
    }
  }

  #pushBytes(bytes: Uint8Array): void {
    if (this.#begun) {
      this.#unpack(bytes, false);
      return;
    }
    const start = this.#held === null ? bytes : joined(this.#held, bytes);
    if (start.length < 3) {
      this.#held = start.slice();
      return;
    }
    this.#held = null;
    this.#begun = true;
    if (isGzip(start)) this.#gunzip = new Gunzip((unpacked) => this.#splitter.push(unpacked));
    const bom = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf;
    this.#unpack(bom ? start.subarray(3) : start, false);
  }

  #unpack(bytes: Uint8Array, last: boolean): void {
    if (this.#gunzip === null) {
      this.#splitter.push(bytes);
      return;
    }
    const reason = this.#gunzip.push(bytes, last);
    if (reason === null) return;
    this.#lines++;
    this.#fail(reason);
  }

  #read(bytes: Uint8Array, start: number, end: number, ended: boolean): void {
    this.#lines++;
    this.#line.set(bytes, start, end);
    const reader = this.#reader ?? this.#recognise();
    if (reader === null) return;
    const reason = reader.read(this.#line);
    if (reason === null) return;
    if (!ended && reader.mayBeCut) this.#cut = true;
    else this.#bad(reason, reader.hopeless);
  }

  #readTooLong(): void {
    this.#lines++;
    const reason = `the line has more than ${LONGEST_LINE} bytes: this is no trace, or its line breaks are lost`;
    this.#bad(reason, this.#reader === null);
  }

  /** The reader for the text whose first line is the present one; null when that is blank. */
  #recognise(): TraceReader | null {
    if (this.#line.done()) return null;
    this.#line.at = this.#line.start;
    const format = recognise(this.#line);
    if (typeof format === "object") this.#fail(format.reason);
    this.#format = format;
    this.#reader = makeReader(format, this.#sink);
    return this.#reader;
  }

  #bad(reason: string, fatal: boolean): void {
    if (fatal || !this.#skipBadLines) this.#fail(reason);
    this.#skipped++;
    this.#firstSkipped ??= new TraceError(this.#lines, reason, this.#format);
  }

  #fail(reason: string): never {
    this.#over = true;
    throw new TraceError(Math.max(1, this.#lines), reason, this.#format);
  }
}

function makeReader(format: TraceFormat, sink: TraceSink): TraceReader {
  const Reader = Object.hasOwn(READERS, format) ? READERS[format] : undefined;
  if (Reader !== undefined) return new Reader(sink);
  const known = Object.keys(READERS).join(", ");
  throw new RangeError(
    `A trace's format is one of ${known}, not ${String(format)}: leave it out to have it recognised.`,
  );
}

/** Text from a trace as a name: nothing unprintable in it, and not endless. */
function clean(text: string): string {
  return text.replace(/\p{C}/gu, " ").trim().slice(0, 200);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
