import { type Trace, TraceBuilder, type TraceOrigin } from "./trace";
import { TraceParser, type TraceParserOptions, type TraceReport } from "./trace-parser";

/** How `parseTrace` reads. */
export interface ParseTraceOptions extends TraceParserOptions, TraceOrigin {
  /** Is told what the text held besides operations: failed requests, skipped lines and the like. */
  readonly onReport?: (report: TraceReport) => void;
}

/**
 * Reads a trace, whatever its format: CS:APP `.rep`, glibc mtrace, `valgrind --trace-malloc=yes`, heaptrack's raw file or
 * our own compact form, as text or as bytes, gzipped or not. Blocks are numbered 0, 1, 2… in the order of their first
 * allocation. Requests that failed and frees of NULL are left out; a recording's last line may be cut short.
 * Name and source are what the options or else the text say.
 * @throws TraceError with line and reason for whatever is wrong in the text
 */
export function parseTrace(text: string | Uint8Array, options: ParseTraceOptions = {}): Trace {
  const builder = new TraceBuilder();
  const parser = new TraceParser(builder, options);
  parser.push(text);
  const report = parser.end();
  options.onReport?.(report);
  return builder.build({ name: options.name ?? report.program, source: options.source ?? report.source });
}
