import { type Trace, TraceBuilder } from "../../trace/trace";
import type { ParseTraceOptions } from "../../trace/trace-parser";
import { streamTrace, traceName } from "./stream-trace";

/**
 * Reads the trace in a file, whatever its format, gzipped or not, in Node 22.15 and newer also compressed with zstd: `parseTrace`
 * without the whole text in memory. The trace itself takes 13 bytes an operation; `replayFile` and `streamTrace` do without that.
 * Its name is what the options or else the text say, or else the file's name up to its first dot.
 * @throws TraceError with line and reason for whatever is wrong in the text; Node's error when the file can't be read
 */
export async function readTrace(path: string, options: ParseTraceOptions = {}): Promise<Trace> {
  const builder = new TraceBuilder();
  const report = await streamTrace(path, builder, options);
  options.onReport?.(report);
  return builder.build({
    name: options.name ?? traceName(path, report),
    source: options.source ?? report.source,
  });
}
