import { createReadStream } from "node:fs";
import { type Duplex, pipeline, Readable } from "node:stream";
import * as zlib from "node:zlib";
import { isZstd } from "../../trace/compression";
import { TraceError } from "../../trace/trace-error";
import { TraceParser, type TraceParserOptions, type TraceReport } from "../../trace/trace-parser";
import type { TraceSink } from "../../trace/trace-reader";
import { ZstdFrames } from "./zstd-frames";

/** Bytes that are read at a time. */
const PIECE = 2 ** 18;

/** Node's own decompressor of zstd, which is in it from 22.15 on; undefined in an older one. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Duplex };

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
