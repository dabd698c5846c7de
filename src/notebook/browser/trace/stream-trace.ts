import { readFile } from "node:fs/promises";
import { isZstd } from "../../../trace/compression";
import { TraceParser, type TraceParserOptions, type TraceReport } from "../../../trace/trace-parser";
import type { TraceSink } from "../../../trace/trace-reader";

// In the browser: `../../trace/stream-trace.ts`, where a file is one of the site's or of the file browser's, and is read as a whole.

/**
 * Tells the operations in a file to `sink`.
 * @throws TraceError with line and reason for whatever is wrong in the text; Error when there is no such file; the sink has then been told the operations before the line that is wrong
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
