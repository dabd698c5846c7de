/*
 * Stands in for valibot, and for the checks of a heap's invariants, in the player's bundle: what an output carries was written, and
 * checked, where the output was made. There are no schemas here, and every document is right; it still is a copy that shares nothing
 * with what was given. Every heap is sound: nobody calls `check` here.
 */

/** No schema, and no fault. */
function none(): undefined {
  return undefined;
}

export {
  none as array,
  none as boolean,
  none as broken,
  none as check,
  none as checkHeap,
  none as checkOrder,
  none as checkState,
  none as custom,
  none as lazy,
  none as literal,
  none as nullable,
  none as number,
  none as object,
  none as optional,
  none as pipe,
  none as rawCheck,
  none as record,
  none as string,
  none as transform,
  none as union,
  none as unknown,
};

export function safeParse(_schema: unknown, document: unknown): { success: true; output: unknown } {
  return { success: true, output: copyOf(document) };
}

/** A copy of plain data. Long lists of numbers, such as a heap's state has, are copied at once. */
function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value))
    return value.some((one) => typeof one === "object") ? value.map(copyOf) : value.slice();
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copyOf(one)]));
}
