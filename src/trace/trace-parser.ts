import { oneOf } from "../base/wrong-argument";
import { Gunzip, isGzip, LONGEST_SIGN, packedReason } from "./compression";
import { FORMATS, recognise, type TraceFormat, unknownReason } from "./formats";
import { Line } from "./line";
import { LineSplitter, LONGEST_LINE } from "./line-splitter";
import { type Trace, TraceBuilder, type TraceOrigin } from "./trace";
import { TraceError } from "./trace-error";
import type { ReadCounts, ReadOptions, TraceReader, TraceSink } from "./trace-reader";

/** Characters of a text that are turned into bytes at a time. */
const WINDOW = 2 ** 16;

const HASH = 35;
const UTF8 = new TextEncoder();

/** How a trace is to be read. */
export interface TraceParserOptions extends ReadOptions {
  /** What the text is. Default: recognised by its first line that is not blank; comments (`# …`) before a format's first line are skipped. */
  readonly format?: TraceFormat;
  /**
   * Skips lines that are wrong, and counts them, instead of throwing. Still thrown: a text that is no trace at all, one
   * that several threads or processes wrote, gzipped data that is damaged. Default false.
   */
  readonly skipBadLines?: boolean;
}

/** What was found in a trace's text besides its operations. */
export interface TraceReport extends Readonly<ReadCounts> {
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
 * its operations to a sink: `push` each piece, then `end`. The formats of `FORMATS` are recognised, gzipped or not. Nothing in the
 * text is trusted: neither a length that it states nor an id makes anything grow, and a line has at most 2^20 bytes.
 *
 * Throws a `TraceError` with line and reason for whatever is wrong in the text, also when it holds no calls; the parser can't
 * be used afterwards.
 */
export class TraceParser {
  readonly #sink: TraceSink;
  readonly #options: TraceParserOptions;
  readonly #line = new Line();
  readonly #splitter: LineSplitter;
  #reader: TraceReader | null = null;
  #format: TraceFormat | null;
  #gunzip: Gunzip | null = null;
  /** The first bytes, while they are too few to recognise what they are packed with. */
  #held: Uint8Array | null = new Uint8Array(0);
  #over = false;
  #lines = 0;
  #skipped = 0;
  #firstSkipped: TraceError | null = null;
  #cut = false;
  /** Where and what the first comment was that was skipped before the format was recognised. */
  #comment = "";

  constructor(sink: TraceSink, options: TraceParserOptions = {}) {
    this.#sink = sink;
    this.#options = options;
    if (options.missingSizes !== undefined) {
      oneOf("options.missingSizes", options.missingSizes, ["previous"], "or left out, to refuse them");
    }
    this.#format = options.format ?? null;
    if (this.#format !== null) {
      oneOf("options.format", this.#format, Object.keys(FORMATS), "or left out, to have it recognised");
      this.#reader = new FORMATS[this.#format].Reader(sink, options);
    }
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
    this.#begin();
    this.#unpack(new Uint8Array(0), true);
    this.#splitter.end();
    this.#over = true;
    const reader = this.#reader;
    if (reader === null || this.#format === null) this.#fail("the text is empty: no trace");
    const reason = reader.end() ?? this.#emptyReason(reader, this.#format);
    if (reason !== null) this.#fail(reason);
    return {
      ...reader.counts,
      format: this.#format,
      program: clean(reader.program),
      source: clean(reader.source),
      lines: this.#lines,
      skipped: this.#skipped,
      firstSkipped: this.#firstSkipped,
      cut: this.#cut,
    };
  }

  /** Why a text is refused in which there is no call; null when there is one, be it one that failed. */
  #emptyReason({ blocks, counts }: TraceReader, format: TraceFormat): string | null {
    if (blocks + counts.failed + counts.nullFrees + counts.strays > 0) return null;
    const { title, remedy } = FORMATS[format];
    const first = this.#firstSkipped;
    if (first !== null)
      return `no line of this text (${title}) can be read; line ${first.line}: ${first.reason}`;
    return `this text (${title}) holds no calls: ${remedy}`;
  }

  #pushText(text: string): void {
    for (let from = 0; from < text.length; ) {
      let to = Math.min(text.length, from + WINDOW);
      // A pair of surrogates stays together.
      if (to < text.length && (text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to++;
      this.#pushBytes(UTF8.encode(text.slice(from, to)));
      from = to;
    }
  }

  #pushBytes(bytes: Uint8Array): void {
    if (this.#held === null) {
      this.#unpack(bytes, false);
      return;
    }
    this.#held = joined(this.#held, bytes);
    if (this.#held.length >= LONGEST_SIGN) this.#begin();
  }

  /** Looks at the first bytes, and unpacks or reads them. */
  #begin(): void {
    const start = this.#held;
    if (start === null) return;
    this.#held = null;
    const reason = packedReason(start);
    if (reason !== null) this.#fail(reason);
    if (isGzip(start)) this.#gunzip = new Gunzip((unpacked) => this.#splitter.push(unpacked));
    this.#unpack(start, false);
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
    const marked =
      this.#lines === 1 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
    this.#line.set(bytes, marked ? Math.min(end, start + 3) : start, end);
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

  /** The reader for the text that begins with the present line; null when that is blank or a comment. */
  #recognise(): TraceReader | null {
    const line = this.#line;
    if (line.done()) return null;
    const isComment = line.bytes[line.at] === HASH;
    line.at = line.start;
    const format = recognise(line);
    if (format === null) {
      if (!isComment) this.#fail(`${unknownReason(line)}${this.#comment}`);
      this.#comment ||= `; line ${this.#lines}, ${line.quote()}, was skipped as a comment`;
      return null;
    }
    this.#format = format;
    this.#reader = new FORMATS[format].Reader(this.#sink, this.#options);
    return this.#reader;
  }

  #bad(reason: string, fatal: boolean): void {
    if (fatal || !this.#options.skipBadLines) this.#fail(reason);
    this.#skipped++;
    this.#firstSkipped ??= new TraceError(this.#lines, reason, this.#format);
  }

  #fail(reason: string): never {
    this.#over = true;
    throw new TraceError(Math.max(1, this.#lines), reason, this.#format);
  }
}

/** Text from a trace as a name: nothing unprintable in it, and not endless. */
function clean(text: string): string {
  return text.slice(0, 1000).replace(/\p{C}/gu, " ").trim().slice(0, 200);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** How `parseTrace` reads. */
export interface ParseTraceOptions extends TraceParserOptions, TraceOrigin {
  /** Is told what the text held besides operations: failed requests, skipped lines and the like. */
  readonly onReport?: (report: TraceReport) => void;
}

/**
 * Reads a trace of any `TraceFormat`, which is recognised by itself, as text or as bytes, gzipped or not; `notebooks/traces/README.md`
 * says how to get one. Blocks are numbered 0, 1, 2… in the order of their
 * allocation, as `TraceSink` says. Requests that failed and frees of NULL are left out; a recording's last line may be cut short.
 * Name and source are what the options or else the text say.
 * @throws TraceError with line and reason for whatever is wrong in the text; also when it holds no calls, or is packed with
 * something else than gzip
 */
export function parseTrace(text: string | Uint8Array, options: ParseTraceOptions = {}): Trace {
  const builder = new TraceBuilder();
  const parser = new TraceParser(builder, options);
  parser.push(text);
  const report = parser.end();
  options.onReport?.(report);
  return builder.build({ name: options.name ?? report.program, source: options.source ?? report.source });
}
