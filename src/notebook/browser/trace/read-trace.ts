import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { isZstd } from "../../../trace/compression";
import { type Trace, TraceBuilder } from "../../../trace/trace";
import {
  type ParseTraceOptions,
  TraceParser,
  type TraceParserOptions,
  type TraceReport,
} from "../../../trace/trace-parser";
import type { TraceSink } from "../../../trace/trace-reader";

// In the browser: `../../trace/read-trace.ts`, where a file is one of the site's or of the file browser's, and is read as a whole.

/**
 * Reads the trace in a file beside the notebook, whatever its format, gzipped or not.
 * @throws TraceError with line and reason for whatever is wrong in the text; Error when there is no such file
 */
export async function readTrace(path: string, options: ParseTraceOptions = {}): Promise<Trace> {
  const builder = new TraceBuilder();
  const report = await streamTrace(path, builder, options);
  options.onReport?.(report);
  const name = options.name ?? (report.program || basename(path).replace(/(?<=.)\..*$/, ""));
  return builder.build({ name, source: options.source ?? report.source });
}

/**
 * Tells the operations in a file to `sink`.
 * @throws as `readTrace`; the sink has then been told the operations before the line that is wrong
 */
export async function streamTrace(
  path: string,
  sink: TraceSink,
  options: TraceParserOptions = {},
): Promise<TraceReport> {
  const bytes = await readFile(path);
  if (isZstd(bytes)) {
    throw new Error(
      `A browser cannot unpack zstd, in which ${JSON.stringify(path)} is packed: in a terminal, zstd -d ${path} unpacks it.`,
    );
  }
  const parser = new TraceParser(sink, options);
  parser.push(bytes);
  return parser.end();
}
