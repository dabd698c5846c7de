/** A benchmark prints its own table. */
export interface Benchmark {
  run(): Promise<void>;
}

/** Every benchmark by its name; loaded when it is run. */
export const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  allocator: () => import("./allocator/bench-allocator.js"),
  cells: () => import("./cells/bench-cells.js"),
  history: () => import("./history/bench-history.js"),
  trace: () => import("./trace/bench-trace.js"),
  replay: () => import("./replay/bench-replay.js"),
  player: () => import("./player/bench-player.js"),
};
