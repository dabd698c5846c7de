import type { Trace } from "../trace/trace";
import type { TraceSink } from "../trace/trace-reader";

/**
 * Something that is found out from the operations of a trace by going over them once or several times: it yields the sink that they are
 * told to in each pass, all of them or until the sink is done, and returns what was found. So it does not matter where the
 * operations are: in memory, or in a file that is read again for each pass.
 */
export type Passes<Found> = Generator<TraceSink, Found, void>;

/** What `passes` finds out from a trace that is held in memory. */
export function passOver<Found>(trace: Trace, passes: Passes<Found>): Found {
  for (;;) {
    const { done, value } = passes.next();
    if (done) return value;
    trace.tell(value);
  }
}

/** A trace that is held, or one whose operations are told in time. */
export interface ComparedTrace {
  readonly name: string;
  readonly source: string;
  readonly length: number;
  /** Tells the operations from the first on, as far as the sink wants them. */
  tell(sink: TraceSink): void | Promise<void>;
}

/** How far the passes over a trace have come. How many there will be, the passes find out. */
export interface PassProgress {
  /** The present pass, from 1. */
  readonly pass: number;
  /** The share of the trace's operations that it has told, from 0 to 1. */
  readonly share: number;
}

/**
 * What `passes` finds out from a trace, wherever it is.
 * @param onProgress told at the start of each pass, and every 2^18 operations
 */
export async function passOverAny<Found>(
  trace: ComparedTrace,
  passes: Passes<Found>,
  onProgress?: (progress: PassProgress) => void,
): Promise<Found> {
  for (let pass = 1; ; pass++) {
    const { done, value } = passes.next();
    if (done) return value;
    const tell = (told: number) => onProgress!({ pass, share: told / trace.length });
    onProgress?.({ pass, share: 0 });
    await trace.tell(onProgress ? new CountingSink(value, tell) : value);
  }
}

/** Operations between two reports of a `CountingSink`, less one: a power of two. */
const EVERY = 2 ** 18 - 1;

/** Tells a sink what it is told, and now and then how many operations that were. */
class CountingSink implements TraceSink {
  #told = 0;

  constructor(
    private readonly sink: TraceSink,
    private readonly report: (told: number) => void,
  ) {}

  get done() {
    return this.sink.done === true;
  }

  malloc(id: number, size: number): void {
    this.sink.malloc(id, size);
    this.#count();
  }

  realloc(id: number, size: number): void {
    this.sink.realloc(id, size);
    this.#count();
  }

  free(id: number): void {
    this.sink.free(id);
    this.#count();
  }

  #count(): void {
    if ((++this.#told & EVERY) === 0) this.report(this.#told);
  }
}

/** A sink that tells several what it is told. It is done when all of them are. */
export function together(...sinks: readonly TraceSink[]): TraceSink {
  return {
    get done() {
      return sinks.every((sink) => sink.done);
    },
    malloc(id, size) {
      for (const sink of sinks) sink.malloc(id, size);
    },
    realloc(id, size) {
      for (const sink of sinks) sink.realloc(id, size);
    },
    free(id) {
      for (const sink of sinks) sink.free(id);
    },
  };
}
