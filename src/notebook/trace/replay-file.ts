import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Heap } from "../../heap/heap";
import { checkpointOptions, enterCheckpoint, writeCheckpoint } from "../../run/replay-checkpoint";
import { progressEvery, type ReplayOptions, type ReplayResult } from "../../run/replay-options";
import { ReplaySink } from "../../run/replay-sink";
import type { ParseTraceOptions } from "../../trace/trace-parser";
import { writeWhole } from "../write-whole";
import { TraceStream, traceName } from "./stream-trace";

/**
 * How a file is replayed: what `replay` and `readTrace` take. `onProgress` and `signal` are heard between two pieces of the file,
 * thousands of operations each; `history` takes 25 bytes an operation, and nothing else here grows with their number.
 */
export interface ReplayFileOptions extends ReplayOptions, Omit<ParseTraceOptions, "source"> {
  /**
   * A file for how far the replay has come, so that another process can go on with it: it is written once a minute, when the replay is
   * stopped, and at its end. It holds the heap's state and the live blocks' ids, not the run: without `history`. Default none.
   */
  readonly checkpoint?: string;
  /** @internal Bytes that are read at a time. */
  readonly pieceSize?: number;
}

/** Milliseconds between two checkpoints. */
const CHECKPOINT_EVERY = 60_000;

/**
 * Runs the trace in a file on `heap` in one pass, without holding it: the result is that of `replay(await readTrace(path), heap)`, in
 * memory that follows the live blocks, of the trace and of the heap. A file of 10^8 operations takes no more than one of 10^6.
 *
 * Where the file `options.checkpoint` is there, the replay goes on from what it says: see `FileReplay.resume`.
 *
 * @example
 * await replayFile("huge.rep", new FreeList(0, 16, { growable: true }), {
 *   onProgress: ({ operations }, share) => console.log(operations, share),
 * });
 * @throws as `readTrace` does; the heap is then as the operations before the line that is wrong have left it
 */
export async function replayFile(
  path: string,
  heap: Heap,
  options: ReplayFileOptions = {},
): Promise<ReplayResult> {
  return (await FileReplay.resume(path, heap, options)).advance();
}

/**
 * A replay of a trace's file that can be stopped and goes on where it stopped; in another process, too, where there is a
 * `checkpoint`.
 */
export class FileReplay {
  readonly path: string;
  readonly heap: Heap;
  readonly #options: ReplayFileOptions;
  readonly #every: number;
  readonly #sink: ReplaySink;
  readonly #stream: TraceStream;
  /** When the next checkpoint is due: the first at once, so that a file which cannot be written is found out. */
  #due = 0;

  /** A replay from the file's first operation on. */
  constructor(path: string, heap: Heap, options: ReplayFileOptions = {}) {
    this.#every = progressEvery(options);
    if (options.checkpoint !== undefined && options.history)
      throw new TypeError("A checkpoint does not hold what options.history records: leave one of them out.");
    this.path = path;
    this.heap = heap;
    this.#options = options;
    this.#sink = new ReplaySink(heap, options);
    this.#stream = new TraceStream(path, this.#sink, options);
    if (options.checkpoint !== undefined) this.#stream.checkSum();
  }

  /**
   * A replay that goes on from the file `options.checkpoint`; where that is not there, one from the first operation on. The operations
   * before the checkpoint are read again and compared by a checksum, and nothing is done for them: `result` is that of the
   * checkpoint until they are over. That takes the time of `streamTrace`.
   * @param heap like the one that the checkpoint was made with, by its `describe()`; it gets the other's state
   * @param options with the same `statistics`, `curves`, `curvePoints`, `stopAtFailure`, `format`, `skipBadLines` and `missingSizes`
   * @throws RangeError for what is no checkpoint, a damaged one, or one of another file, heap or options: then the heap has not
   * changed. That a file of the same length has other operations is found when they have been read.
   */
  static async resume(path: string, heap: Heap, options: ReplayFileOptions = {}): Promise<FileReplay> {
    const run = new FileReplay(path, heap, options);
    const { checkpoint } = options;
    if (checkpoint === undefined || !existsSync(checkpoint)) return run;
    const json = readFileSync(checkpoint, "utf8");
    const start = enterCheckpoint(json, await run.#stream.length(), run.#sink, checkpointOptions(options));
    run.#stream.checkSum(start);
    return run;
  }

  /** Whether there is nothing left to run: the file's end, or a denied request under `stopAtFailure`. */
  get done(): boolean {
    // Whether the request that was denied is the file's last, the next piece tells.
    return this.#stream.ended || this.#sink.isOverrun;
  }

  /** How much of the file was read, from 0 to 1; 0 before the end of what has no length, such as a pipe. */
  get share(): number {
    return this.#stream.share;
  }

  /** Operations of the file that are behind the replay: fewer than in the result while it reads again what was done before its checkpoint. */
  get position(): number {
    return this.#sink.position;
  }

  /** The result so far. A name that stands in the text is known at the end. */
  get result(): ReplayResult {
    const name = this.#options.name ?? traceName(this.path, this.#stream.report);
    return this.#sink.result(name, this.#stream.ended && !this.#sink.isOverrun);
  }

  /**
   * Runs at least `operations` more operations (default: all that are left), up to the end of a piece of the file, and stops early
   * when done, aborted or when `onProgress` answers false. The heap must not be changed by others between two calls.
   * @returns the result so far.
   */
  async advance(operations = Number.POSITIVE_INFINITY): Promise<ReplayResult> {
    const { signal, onProgress, onReport } = this.#options;
    const sink = this.#sink;
    const end = sink.position + operations;
    let next = sink.position + this.#every;
    let stopped = false;
    sink.begin();
    try {
      while (!this.done && sink.position < end && !stopped) {
        if (signal?.aborted) {
          stopped = true;
          break;
        }
        if (!(await this.#stream.readOn())) onReport?.(this.#stream.report!);
        if (performance.now() > this.#due) await this.save();
        if (sink.position < next && !this.done) continue;
        next = sink.position + this.#every;
        stopped = onProgress?.(this.result, this.share) === false;
      }
    } finally {
      sink.pause();
      if (this.done) this.close();
    }
    if (stopped || this.done) await this.save();
    return this.result;
  }

  /**
   * Writes the checkpoint now, where there is to be one; not while what was done before the last one is read again.
   * @throws Error when the file cannot be written, or others have changed the heap
   */
  async save(): Promise<void> {
    const { checkpoint } = this.#options;
    if (checkpoint === undefined || this.#sink.position < this.#sink.operations) return;
    const part = await this.#stream.part();
    const options = checkpointOptions(this.#options);
    writeWhole(checkpoint, JSON.stringify(writeCheckpoint(basename(this.path), part, this.#sink, options)));
    this.#due = performance.now() + CHECKPOINT_EVERY;
  }

  /** Gives up what is left, and closes the file. */
  close(): void {
    this.#sink.end();
    this.#stream.close();
  }
}
