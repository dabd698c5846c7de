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

/** What `passes` finds out from a trace, wherever it is. */
export async function passOverAny<Found>(trace: ComparedTrace, passes: Passes<Found>): Promise<Found> {
  for (;;) {
    const { done, value } = passes.next();
    if (done) return value;
    await trace.tell(value);
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
