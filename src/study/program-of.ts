import { show } from "../base/wrong-argument";
import { callOf, type Model } from "../exhaust/model";
import type { Operation } from "../trace/operation";
import { Trace, type TraceOrigin } from "../trace/trace";

/**
 * A program, written as a list of numbers: `2` asks for a block of 2 words, `-1` frees the first block that was asked for, `-2` the
 * second.
 * @throws RangeError for a number that is 0 or no integer, and for one that frees what is no live block
 *
 * @example
 * replay(programOf([1, 1, 1, -1, -3, 2]), new FreeList(4, 1)).failures; // 0
 */
export function programOf(moves: readonly number[], origin: TraceOrigin = {}): Trace {
  let asked = 0;
  const operations = moves.map((move, i): Operation => {
    if (!Number.isSafeInteger(move) || move === 0)
      throw new RangeError(
        `moves[${i}] must be a size, or a block's number with a minus sign, not ${show(move)}.`,
      );
    return move > 0 ? { kind: "malloc", id: asked++, size: move } : { kind: "free", id: -move - 1 };
  });
  return Trace.from(operations, origin);
}

/** The moves of a program that makes these calls, mallocs and frees, on a small heap from its start on. */
export function movesOf(model: Model, calls: readonly number[]): number[] {
  /** The number of the block at each unit. */
  const blocks = new Map<number, number>();
  let asked = 0;
  model.start();
  return calls.map((call) => {
    const { kind, unit, size } = callOf(call);
    model.make(call);
    if (kind === "free") return -blocks.get(unit)!;
    blocks.set(model.did.answer, ++asked);
    return size;
  });
}
