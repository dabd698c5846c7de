import type { RecordedRun } from "./cursor";
import { Lives } from "./lives";

/**
 * The first step after which the heaps differ: their allocated blocks, by first address (counted from each heap's base) and size,
 * are not the same. That is the first step at which the pictures of the runs are not alike; requests that leave the heaps alike,
 * for example some that are denied, make no difference. A run that has ended keeps its last heap. Null when the heaps never
 * differ; 0 when they differ before the first step.
 * Runs the histories to their ends if that has not been done: see `History.prepare`.
 *
 * @param runs histories, or their lives as far as they have been read
 * @example firstDifference([firstFitRun, bestFitRun]);
 */
export function firstDifference(runs: readonly (RecordedRun | Lives)[]): number | null {
  const [first, ...others] = runs.map((run) =>
    run instanceof Lives ? run : new Lives(run).read(run.length),
  );
  const steps = others.flatMap((other) => firstOfTwo(first!, other) ?? []);
  return steps.length === 0 ? null : Math.min(...steps);
}

function firstOfTwo(one: Lives, other: Lives): number | null {
  const [ours, theirs] = [new Blocks(one), new Blocks(other)];
  const last = Math.max(one.steps, other.steps);
  /** Addresses at which not both have a block of the same size. */
  const apart = new Set<number>();
  for (let step = 0; step <= last; step++) {
    for (const address of [...ours.goTo(step), ...theirs.goTo(step)]) {
      if (ours.sizes.get(address) === theirs.sizes.get(address)) apart.delete(address);
      else apart.add(address);
    }
    if (apart.size > 0) return step;
  }
  return null;
}

/** The allocated blocks of a run at a step that goes on: sizes by address, which counts from the heap's base. */
class Blocks {
  readonly sizes = new Map<number, number>();
  #born = 0;
  #ended = 0;

  constructor(private readonly lives: Lives) {}

  /** Goes to `step`, and returns the addresses at which something has changed. */
  goTo(step: number): number[] {
    const { lives } = this;
    const known = Math.min(step, lives.steps);
    const changed: number[] = [];
    for (; this.#ended < lives.diedUpTo(known); this.#ended++) {
      const address = this.#addressOf(lives.ends[this.#ended]!);
      this.sizes.delete(address);
      changed.push(address);
    }
    for (; this.#born < lives.bornUpTo(known); this.#born++) {
      const address = this.#addressOf(this.#born);
      this.sizes.set(address, lives.size[this.#born]!);
      changed.push(address);
    }
    return changed;
  }

  #addressOf(life: number): number {
    return this.lives.address[life]! - this.lives.base;
  }
}
