import { NO_BLOCK } from "../heap/block";
import type { History } from "../run/history";
import type { PlaygroundCall } from "./calls";

/**
 * Calls, and the run that they made: which call is which step of the run, and which block has which name. All calls are steps but
 * `free(null)`, which asks nothing of a heap (but where the run has a step for it: see `NO_BLOCK`); a name whose malloc was denied stands for null.
 */
export class CalledRun {
  /** The steps of the run after so many calls. */
  readonly #steps: Uint32Array;

  /** @param history may have fewer steps than there are calls, where a fit of one's own has failed */
  constructor(
    readonly calls: readonly PlaygroundCall[],
    readonly history: History,
  ) {
    this.#steps = new Uint32Array(calls.length + 1);
    const names = new Map<string, number | null>();
    let step = 0;
    for (const [i, call] of calls.entries()) {
      const nothing = call.op === "free" && isNull(call.block, names) && !freesNothing(history, step + 1);
      if (!nothing && step < history.length) {
        step++;
        if (call.op === "malloc" && call.as !== undefined) names.set(call.as, this.#answer(step));
        if (call.op === "realloc" && typeof call.block === "string") {
          const answer = this.#answer(step);
          if (answer !== null) names.set(call.block, answer);
        }
      }
      this.#steps[i + 1] = step;
    }
  }

  /** The step of the run after the first `made` calls. */
  stepOf(made: number): number {
    return this.#steps[Math.min(Math.max(0, made), this.calls.length)]!;
  }

  /** How many calls have been made at a step of the run: with all behind it that are no steps. */
  callsAt(step: number): number {
    let low = 0;
    let high = this.calls.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#steps[middle]! <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The names of the blocks after the first `made` calls, by payload address: of whatever was last given that address. */
  namesAfter(made: number): Map<number, string> {
    const names = new Map<number, string>();
    const addresses = new Map<string, number>();
    for (let i = 0; i < Math.min(made, this.calls.length); i++) {
      const call = this.calls[i]!;
      const step = this.#steps[i + 1]!;
      if (call.op === "free" || call.op === "coalesce" || step === this.#steps[i]) continue;
      const name = call.op === "malloc" ? call.as : call.block;
      const address = this.#answer(step);
      if (address === null || typeof name !== "string" || name.includes(" ")) continue;
      const before = addresses.get(name);
      // A block that has moved is no more where it was, and one whose name is another's now has none.
      if (before !== undefined && names.get(before) === name) names.delete(before);
      names.set(address, name);
      addresses.set(name, address);
    }
    return names;
  }

  #answer(step: number): number | null {
    return this.history.operationAt(step).address;
  }
}

function isNull(block: string | number | null, names: ReadonlyMap<string, number | null>): boolean {
  if (typeof block !== "string") return block === null;
  return (names.get(block.split(" + ")[0]!) ?? null) === null;
}

/** Whether a step of the run is a `free(null)` that was made a step. */
function freesNothing(history: History, step: number): boolean {
  return step <= history.length && history.operationAt(step).target === NO_BLOCK;
}
