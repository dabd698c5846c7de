import { ByteReader, ByteWriter } from "./codec/bytes";
import { readPlain, writePlain } from "./codec/plain";
import type { Rerun } from "./rerun";
import type { Landing } from "./survey";

/**
 * Where a run has got to as bytes, some four for each block: the heap's state, and who lives in each block. With it, and the run's
 * operations, the run goes on from there.
 */
export function packKeyframe({ rerun, births }: Landing): Uint8Array {
  const { heap, tenants, step } = rerun;
  const out = new ByteWriter();
  writePlain(out, heap.snapshot().state);
  const ages: number[] = [];
  for (const block of heap.blocks()) {
    if (!block.free) ages.push(step - tenants.get(block.address + heap.header));
  }
  writePlain(out, ages);
  writePlain(out, [...births].flat());
  return out.bytes();
}

/**
 * Has a rerun go to the step of a keyframe that `packKeyframe` wrote.
 * @param elders see `Landing.elders`
 * @throws RangeError for bytes that are no keyframe of such a run; then the rerun is to enter another
 */
export function enterKeyframe(
  bytes: Uint8Array,
  step: number,
  rerun: Rerun,
  elders: readonly number[],
): Landing {
  const input = new ByteReader(bytes);
  const state = readPlain(input);
  const ages = readIntegers(input);
  const tenants = new Int32Array(ages.length);
  const isTenant = (tenant: number) => tenant !== 0 && tenant <= step && -tenant <= elders.length;
  for (let i = 0; i < ages.length; i++) {
    tenants[i] = step - ages[i]!;
    if (!isTenant(tenants[i]!)) throw new RangeError(`At step ${step} no block has an age of ${ages[i]}.`);
  }
  const pairs = readIntegers(input);
  const births = new Map<number, number>();
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    if (!isTenant(pairs[i]!) || !isTenant(pairs[i + 1]!))
      throw new RangeError(`At step ${step} no block of step ${pairs[i + 1]} has moved at step ${pairs[i]}.`);
    births.set(pairs[i]!, pairs[i + 1]!);
  }
  rerun.enter(step, { version: 1, description: rerun.heap.describe(), state }, tenants);
  return { rerun, figures: null, births, elders };
}

function readIntegers(input: ByteReader): readonly number[] {
  const list = readPlain(input);
  if (Array.isArray(list) && list.every(Number.isInteger)) return list;
  throw new RangeError("A keyframe has lists of whole numbers.");
}
