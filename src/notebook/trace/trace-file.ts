import { readable } from "../../base/readable";
import { type Trace, TraceBuilder } from "../../trace/trace";
import type { ParseTraceOptions, TraceParserOptions, TraceReport } from "../../trace/trace-parser";
import type { TraceSink } from "../../trace/trace-reader";
import { TraceStream, traceName } from "./stream-trace";

/** What stands in a `TraceFile`: enough to read it elsewhere, as on another thread. */
export interface TraceFileHead {
  readonly path: string;
  readonly name: string;
  readonly source: string;
  readonly length: number;
  readonly reading: Pick<TraceParserOptions, "format" | "skipBadLines" | "missingSizes">;
}

/** A trace that stays in its file, which is read again whenever its operations are told. For `compare`, beside held ones. */
export class TraceFile implements TraceFileHead {
  readonly path: string;
  /** A short name, for a table's row or a legend. */
  readonly name: string;
  /** The program and its command, or the format. */
  readonly source: string;
  /** Number of operations. */
  readonly length: number;
  readonly reading: TraceFileHead["reading"];

  constructor(head: TraceFileHead) {
    this.path = head.path;
    this.name = head.name;
    this.source = head.source;
    this.length = head.length;
    this.reading = head.reading;
  }

  /**
   * Tells the operations to a sink, as far as it wants them.
   * @throws as `readTrace`
   */
  async tell(sink: TraceSink): Promise<void> {
    const stream = new TraceStream(this.path, sink, this.reading);
    try {
      while (!sink.done && (await stream.readOn()));
    } finally {
      stream.close();
    }
  }

  /** One line: name, operations, file. */
  toString(): string {
    return `${this.name}: ${readable(this.length)} operations in ${this.path}`;
  }

  /** What a notebook shows: `toString()`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** How `openTrace` reads. */
export interface OpenTraceOptions extends ParseTraceOptions {
  /** Operations that a trace may have to be held in memory, at 13 bytes each. Default 10,000,000. */
  readonly mostHeld?: number;
}

/**
 * Reads the trace in a file to the end, as `readTrace` does. One of up to `mostHeld` operations is held in memory; a longer one is only
 * checked, and stays in its file.
 * @throws as `readTrace`
 */
export async function openTrace(path: string, options: OpenTraceOptions = {}): Promise<Trace | TraceFile> {
  const sink = new HoldingSink(options.mostHeld ?? 10_000_000);
  const stream = new TraceStream(path, sink, options);
  while (await stream.readOn());
  const report = stream.report as TraceReport;
  options.onReport?.(report);
  const name = options.name ?? traceName(path, report);
  const source = options.source ?? report.source;
  if (sink.builder) return sink.builder.build({ name, source });
  const { format, skipBadLines, missingSizes } = options;
  const reading = {
    ...(format && { format }),
    ...(skipBadLines && { skipBadLines }),
    ...(missingSizes && { missingSizes }),
  };
  return new TraceFile({ path, name, source, length: sink.length, reading });
}

/** Holds operations until there are too many. */
class HoldingSink implements TraceSink {
  /** Null once there were too many. */
  builder: TraceBuilder | null = new TraceBuilder();
  length = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  malloc(id: number, size: number): void {
    this.#next()?.malloc(id, size);
  }

  realloc(id: number, size: number): void {
    this.#next()?.realloc(id, size);
  }

  free(id: number): void {
    this.#next()?.free(id);
  }

  #next(): TraceBuilder | null {
    if (++this.length > this.#most) this.builder = null;
    return this.builder;
  }
}
