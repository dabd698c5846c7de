/** A benchmark prints its own table. */
export interface Benchmark {
  run(options: BenchOptions): Promise<void>;
}

/** What the user may set. */
export interface BenchOptions {
  /** Operations of a file to stream, and of a run to play, beside the ordinary ones; undefined for none. */
  readonly operations: number | undefined;
}
