import * as v from "valibot";
import { fromBase64, toBase64 } from "../base/base64";
import { Crc32 } from "../base/crc32";
import {
  type DocumentKind,
  parseDocument,
  RefusedDocument,
  readDocument,
  refused,
  text,
  wholeNumber,
} from "../base/document";
import type { HeapDescription } from "../heap/heap";
import { checkSnapshot } from "../heap/snapshot";
import type { TraceParserOptions } from "../trace/trace-parser";
import { ByteReader, ByteWriter } from "./codec/bytes";
import { readPlain, writePlain } from "./codec/plain";
import type { ReplayOptions } from "./replay-options";
import type { ReplaySink } from "./replay-sink";
import { REPLAY_STATE, type ReplayState } from "./replay-state";

/** A file, as far as it was read. */
export interface ReadPart {
  /** Bytes of the file; 0 of what has no length, such as a pipe. */
  readonly bytes: number;
  /** Bytes that were read, unpacked where they are zstd. */
  readonly read: number;
  /** Their CRC-32. */
  readonly crc: number;
}

/** What in the options of a replay makes another replay of it: the same where it goes on. */
export interface CheckpointOptions {
  readonly statistics: boolean;
  readonly stopAtFailure: boolean;
  readonly curves: readonly string[];
  readonly curvePoints: number;
  /** "" where it was to be recognised. */
  readonly format: string;
  readonly skipBadLines: boolean;
  /** "" where they are refused. */
  readonly missingSizes: string;
}

/** How far a replay of a trace's file has come, as plain JSON: what another process goes on from. */
export interface ReplayCheckpoint {
  readonly format: "freelist-lab replay checkpoint";
  readonly version: 1;
  readonly file: ReadPart & {
    /** What it was called, without its folder. */
    readonly name: string;
  };
  readonly options: CheckpointOptions;
  /** The heap, as `describe()` said. */
  readonly heap: HeapDescription;
  /** The heap's state and the replay's, as base64. */
  readonly state: string;
  /** CRC-32 of the fields above. */
  readonly crc: number;
}

const options = {
  statistics: v.boolean(),
  stopAtFailure: v.boolean(),
  curves: v.array(text(100)),
  curvePoints: wholeNumber(),
  format: text(100),
  skipBadLines: v.boolean(),
  missingSizes: text(100),
} satisfies Record<keyof CheckpointOptions, unknown>;

const CHECKPOINT: DocumentKind<ReplayCheckpoint> = {
  name: "checkpoint of a replay",
  format: "freelist-lab replay checkpoint",
  version: 1,
  remedy: "Delete its file to begin again.",
  schema: v.object({
    format: v.literal("freelist-lab replay checkpoint"),
    version: v.literal(1),
    file: v.object({
      bytes: wholeNumber(),
      read: wholeNumber(),
      crc: wholeNumber(0, 2 ** 32 - 1),
      name: text(),
    }),
    options: v.object(options),
    heap: v.object({
      kind: text(),
      heapSize: wholeNumber(),
      pageSize: wholeNumber(1),
      options: v.record(v.string(), v.unknown()),
    }),
    state: v.pipe(
      text(2 ** 29),
      v.check(
        (letters) => letters.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(letters),
        "must be base64",
      ),
    ),
    crc: wholeNumber(0, 2 ** 32 - 1),
  }),
};

/** What a checkpoint holds of the options of a replay. */
export function checkpointOptions({
  statistics = false,
  stopAtFailure = false,
  curves = [],
  curvePoints = 2_000,
  format = "" as never,
  skipBadLines = false,
  missingSizes = "" as never,
}: ReplayOptions & TraceParserOptions): CheckpointOptions {
  return { statistics, stopAtFailure, curves, curvePoints, format, skipBadLines, missingSizes };
}

/**
 * A checkpoint of a replay, at the end of what was read of its file.
 * @param name what the file is called, without its folder
 */
export function writeCheckpoint(
  name: string,
  part: ReadPart,
  sink: ReplaySink,
  options: CheckpointOptions,
): ReplayCheckpoint {
  const { description, state } = sink.heap.snapshot();
  const out = new ByteWriter();
  writePlain(out, state);
  writePlain(out, sink.save());
  const checkpoint = v.parse(CHECKPOINT.schema, {
    format: "freelist-lab replay checkpoint",
    version: 1,
    file: { ...part, name },
    options,
    heap: description,
    state: toBase64(out.bytes()),
    crc: 0,
  });
  return { ...checkpoint, crc: crcOf(checkpoint) };
}

/**
 * Brings a new sink and its heap to where a checkpoint is.
 * @param json the checkpoint's text
 * @param bytes length of the trace's file
 * @param options those of the replay that is to go on
 * @returns what of the file is to be read before anything follows
 * @throws RangeError for what is no checkpoint, or one of another replay; then the heap has not changed
 */
export function enterCheckpoint(
  json: string,
  bytes: number,
  sink: ReplaySink,
  options: CheckpointOptions,
): ReadPart {
  const checkpoint = readDocument(CHECKPOINT, parseDocument(CHECKPOINT, json));
  const { file } = checkpoint;
  if (crcOf(checkpoint) !== checkpoint.crc) throw refused(CHECKPOINT, "it is damaged: its crc is another");
  if (file.bytes !== bytes) {
    const name = JSON.stringify(file.name);
    throw refused(CHECKPOINT, `it is of another file, ${name}, of ${file.bytes} bytes, not ${bytes}`);
  }
  for (const name of Object.keys(options) as (keyof CheckpointOptions)[]) {
    const [was, is] = [JSON.stringify(checkpoint.options[name]), JSON.stringify(options[name])];
    if (was !== is) throw refused(CHECKPOINT, `the replay's options.${name} was ${was}, and now is ${is}`);
  }
  const { heap } = sink;
  const before = heap.snapshot();
  checkSnapshot({ version: 1, description: checkpoint.heap, state: null }, before.description);
  try {
    const [state, replay] = unpacked(checkpoint.state);
    heap.restore({ ...before, state });
    sink.load(replay);
  } catch (error) {
    heap.restore(before);
    if (!(error instanceof RangeError)) throw error;
    throw refused(CHECKPOINT, error instanceof RefusedDocument ? error.reason : error.message);
  }
  return file;
}

/** The error for a file that is not the one that a checkpoint is of. */
export function otherFile(bytes: number): RangeError {
  return refused(
    CHECKPOINT,
    `it is of another file: the first ${bytes} bytes of this one are not those of the other`,
  );
}

function unpacked(letters: string): [heap: unknown, replay: ReplayState] {
  const input = new ByteReader(fromBase64(letters));
  const heap = readPlain(input);
  const parsed = v.safeParse(REPLAY_STATE, readPlain(input));
  if (!input.done) throw new RangeError("its state must end where it ends");
  if (parsed.success) return [heap, parsed.output];
  const [{ message, path }] = parsed.issues;
  throw new RangeError(`its state${path ? `.${path.map(({ key }) => key).join(".")}` : ""} ${message}`);
}

/** The CRC-32 of all fields but `crc`. */
function crcOf(checkpoint: ReplayCheckpoint): number {
  return new Crc32().push(new TextEncoder().encode(JSON.stringify({ ...checkpoint, crc: 0 }))).value;
}
