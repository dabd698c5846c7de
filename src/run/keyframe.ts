import { ByteReader, ByteWriter } from "./codec/bytes";
import { readPlain, writePlain } from "./codec/plain";
import type { Rerun } from "./rerun";
import type { Landing } from "./survey";

/**
 * Where a survey has got to as bytes, some five for each block: the heap's state, who lives in each block, and the figures that go on.
 * With it, and the run's operations, the run goes on from there.
 */
export function packKeyframe({ rerun, live, denied, highWater, births }: Landing): Uint8Array {
  const { heap, tenants, step } = rerun;
  const out = new ByteWriter();
  writePlain(out, heap.snapshot().state);
  for (const figure of [live, denied, highWater]) writePlain(out, figure);
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
 * @throws RangeError for bytes that are no keyframe of such a run
 */
export function enterKeyframe(
  bytes: Uint8Array,
  step: number,
  rerun: Rerun,
  elders: readonly number[],
): Landing {
  const input = new ByteReader(bytes);
  const state = readPlain(input);
  const [live, denied, highWater] = [readPlain(input), readPlain(input), readPlain(input)] as number[];
  const ages = readPlain(input) as number[];
  const pairs = readPlain(input) as number[];
  const tenants = Int32Array.from(ages, (age) => step - age);
  rerun.enter(step, { version: 1, description: rerun.heap.describe(), state }, tenants);
  const births = new Map<number, number>();
  for (let i = 0; i < pairs.length; i += 2) births.set(pairs[i]!, pairs[i + 1]!);
  return { rerun, live: live!, denied: denied!, highWater: highWater!, births, elders };
}
