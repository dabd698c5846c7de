import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type { ParseTraceOptions } from "../../trace/parse-trace";
import { type Trace, TraceBuilder } from "../../trace/trace";
import { TraceParser, type TraceParserOptions, type TraceReport } from "../../trace/trace-parser";
import type { TraceSink } from "../../trace/trace-reader";

/** Bytes that are read at a time. */
const PIECE = 2 ** 18;

/**
 * Reads the trace in a file, whatever its format, gzipped or not: `parseTrace` without the whole text in memory. The
 * trace itself takes 13 bytes an operation; `streamTrace` does without that.
 * Its name is what the options or else the text say, or else the file's name up to its first dot.
 * @throws TraceError with line and reason for whatever is wrong in the text; Node's error when the file can't be read
 */
export async function readTrace(path: string, options: ParseTraceOptions = {}): Promise<Trace> {
  const builder = new TraceBuilder();
  const report = await streamTrace(path, builder, options);
  options.onReport?.(report);
  const name = options.name ?? (report.program || basename(path).replace(/(?<=.)\..*$/, ""));
  return builder.build({ name, source: options.source ?? report.source });
}

/**
 * Tells the operations in a file to `sink` as they are read, in memory that does not depend on the file's length: only
 * what names the live blocks is held.
 * @throws as `readTrace`; the sink has then been told the operations before the line that is wrong
 */
export async function streamTrace(
  path: string,
  sink: TraceSink,
  options: TraceParserOptions = {},
): Promise<TraceReport> {
  const parser = new TraceParser(sink, options);
  for await (const piece of createReadStream(path, { highWaterMark: PIECE }))
    parser.push(piece as Uint8Array);
  return parser.end();
}
