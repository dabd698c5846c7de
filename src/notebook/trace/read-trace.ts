import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { type Duplex, pipeline, Readable } from "node:stream";
import * as zlib from "node:zlib";
import { isZstd } from "../../trace/compression";
import { type Trace, TraceBuilder } from "../../trace/trace";
import { TraceError } from "../../trace/trace-error";
import {
  type ParseTraceOptions,
  TraceParser,
  type TraceParserOptions,
  type TraceReport,
} from "../../trace/trace-parser";
import type { TraceSink } from "../../trace/trace-reader";
import { ZstdFrames } from "./zstd-frames";

/** Bytes that are read at a time. */
const PIECE = 2 ** 18;

/** Node's own decompressor of zstd, which is in it from 22.15 on; undefined in an older one. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Duplex };

/**
 * Reads the trace in a file, whatever its format, gzipped or not, in Node 22.15 and newer also compressed with zstd: `parseTrace`
 * without the whole text in memory. The trace itself takes 13 bytes an operation; `streamTrace` does without that.
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
  const pieces = createReadStream(path, { highWaterMark: PIECE });
  for await (const piece of unpacked(pieces)) {
    if (piece === null) throw new TraceError(Math.max(1, parser.lines), DAMAGED, null);
    parser.push(piece);
  }
  return parser.end();
}

const DAMAGED = "the data compressed with zstd is damaged or cut short";

/** The pieces of a file, unpacked where they are zstd and this Node can, with null where they are damaged; others as they are. */
async function* unpacked(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const frames = new ZstdFrames();
  const all = startingWith(first.value, iterator, frames);
  if (createZstdDecompress === undefined || !isZstd(first.value)) {
    yield* all;
    return;
  }
  try {
    // An error on either side ends both, and reaches who reads the last stream.
    yield* pipeline(Readable.from(all), createZstdDecompress(), () => {});
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith("ZSTD_")) throw error;
    yield null;
  }
  if (!frames.isWhole) yield null;
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  frames: ZstdFrames,
): AsyncGenerator<Uint8Array> {
  for (let piece = first; ; ) {
    frames.push(piece);
    yield piece;
    const next = await rest.next();
    if (next.done) return;
    piece = next.value;
  }
}
