import * as v from "valibot";
import { Arena, MOST_UNITS } from "./arena";
import type { Extent } from "./block";
import { BitSet } from "./index/bit-set";
import { NO_HOLE } from "./index/hole-list";
import type { CheckedOptions } from "./options";
import { COALESCINGS, type Order } from "./orders";

/** The state of a heap with a free list as plain data, in units of the greatest length that measures alignment and heap. */
export interface ListState {
  /** Units of each block in address order; negative for a hole. */
  readonly blocks: readonly number[];
  /** First units of the holes in list order. */
  readonly list: readonly number[];
  /** First unit of the hole where the next search starts; −1 for the head of the list. */
  readonly rover: number;
}

/** The fields of a `ListState`, each with what it may hold by itself. */
export const LIST_STATE: v.GenericSchema<unknown, ListState> = v.object({
  blocks: wholeUnits(),
  list: numbers((n) => Number.isInteger(n) && n >= 0 && n < MOST_UNITS, "the first unit of a hole"),
  rover: v.custom<number>((n) => Number.isInteger(n), "must be the first unit of a hole, or -1"),
});

/**
 * The blocks of a state, when a heap with these options can be in it.
 * @param unit bytes of a unit
 * @throws RangeError that names the field
 */
export function arenaFor(
  { blocks, list, rover }: ListState,
  { heapSize, base, coalesce, growable }: CheckedOptions,
  unit: number,
  order: Order,
  roves: boolean,
): Arena {
  let units = 0;
  let holes = 0;
  for (let i = 0; i < blocks.length; i++) {
    const size = blocks[i]!;
    units += Math.abs(size);
    if (size > 0) continue;
    holes++;
    if (blocks[i - 1]! < 0 && COALESCINGS[coalesce].onFree)
      throw new RangeError(`its state.blocks[${i}] must not be a hole behind a hole: they merge at once`);
  }
  const most = mostUnits(base, unit);
  if (growable ? units * unit < heapSize || units > most : units * unit !== heapSize) {
    const rule = growable ? `at least ${heapSize}` : String(heapSize);
    throw new RangeError(`its state.blocks must have ${rule} bytes in all, not ${units * unit}`);
  }
  const arena = Arena.of(blocks);
  const missing = new BitSet(units + 1);
  let start = 0;
  for (const size of blocks) {
    if (size < 0) missing.add(start);
    start += Math.abs(size);
  }
  for (let i = 0; i < list.length; i++) {
    const hole = list[i]!;
    if (!missing.has(hole))
      throw new RangeError(`its state.list[${i}] must be the first unit of a hole, each once, not ${hole}`);
    missing.delete(hole);
  }
  if (list.length !== holes)
    throw new RangeError(`its state.list must have all ${holes} holes, not ${list.length}`);
  const at = firstOutOfOrder(order, list.length, (i) => ({
    address: list[i]! * unit,
    size: arena.sizeAt(list[i]!) * unit,
  }));
  if (at >= 0)
    throw new RangeError(`its state.list[${at}] must stand where the order of the list has it, not at ${at}`);
  if (rover !== NO_HOLE && !(roves && list.includes(rover))) {
    throw new RangeError(
      `its state.rover must be ${roves ? "the first unit of a hole, or " : ""}-1, not ${rover}`,
    );
  }
  return arena;
}

/** The most units that a heap which starts at `base` can grow to. */
export function mostUnits(base: number, unit: number): number {
  return Math.min(MOST_UNITS, Math.floor((Number.MAX_SAFE_INTEGER - base) / unit));
}

/** Where in a list of holes the first one stands that the order would have before its predecessor; −1 for none. */
export function firstOutOfOrder({ compare }: Order, length: number, at: (i: number) => Extent): number {
  if (compare === undefined) return -1;
  for (let i = 1; i < length; i++) if (compare(at(i - 1), at(i)) > 0) return i;
  return -1;
}

/** The blocks of a heap as they stand in a state: units of each in address order, negative for a hole. */
export function wholeUnits(): v.GenericSchema<unknown, readonly number[]> {
  const allowed = (n: number) => Number.isInteger(n) && n !== 0 && Math.abs(n) <= MOST_UNITS;
  return numbers(allowed, "a whole number of units, not 0");
}

/** A list of numbers, each checked; long ones quickly. What is no number is never `allowed`. */
function numbers(allowed: (n: number) => boolean, rule: string): v.GenericSchema<unknown, readonly number[]> {
  return v.pipe(
    v.custom<readonly number[]>(Array.isArray, "must be a list of numbers"),
    v.transform((list) => Array.prototype.slice.call(list) as readonly number[]),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const list = dataset.value;
      const at = list.findIndex((n) => !allowed(n));
      if (at < 0) return;
      const path = { type: "array", origin: "value", input: list, key: at, value: list[at] } as const;
      addIssue({ message: `must be ${rule}`, input: list[at], path: [path as never] });
    }),
  );
}
