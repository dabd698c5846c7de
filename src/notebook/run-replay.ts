import type { Replay } from "../run/replay";
import type { ReplayResult } from "../run/replay-options";
import { type ProgressBar, progressBar } from "./progress-bar";
import type { FileReplay } from "./trace/replay-file";

/** Operations between two looks at the clock: a few milliseconds. */
const SLICE = 8_192;
/** Milliseconds of work between two pauses, in which interrupts are heard. */
const WORK = 40;

/**
 * Runs a replay, of a trace or of its file, to its end with a progress bar, in the cell's output or on the terminal, and can be
 * interrupted: what was done stays in `run.result` and in its heap, and another call goes on from there; of a file's replay, its
 * checkpoint is written then. How many operations a file has is guessed from what was read of it, until its end.
 *
 * @example
 * const run = new Replay(trace, heap);
 * await runReplay(run);
 * @returns the result so far; under tslab an interrupted cell does not hear of it, and reads `run.result`
 */
export async function runReplay(
  run: Replay | FileReplay,
  bar: ProgressBar = progressBar("operations"),
): Promise<ReplayResult> {
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
  };
  // Not yet in the cell's synchronous part: while that runs, Node has put its own handler in place of all others, and one
  // that is added meanwhile is lost with it, so that the next interrupt would end the kernel.
  await new Promise(setImmediate);
  process.on("SIGINT", interrupt);
  try {
    while (!run.done && !interrupted) {
      const before = run.position;
      const end = performance.now() + WORK;
      while (!run.done && performance.now() < end) await run.advance(SLICE);
      const { position, share } = run;
      bar.update(position, share > 0 ? Math.round(position / share) : position + 1);
      if (position === before) break; // its own signal or onProgress stopped it
      await new Promise(setImmediate);
    }
  } finally {
    process.off("SIGINT", interrupt);
  }
  if (interrupted && "save" in run) await run.save();
  return run.result;
}
