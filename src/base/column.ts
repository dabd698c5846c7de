/** The typed arrays that columns are made of. */
export type Column = Uint8Array | Int32Array | Uint32Array | Float64Array;

/**
 * A longer array with the entries of `column` at its start: how a column grows. Doubling the length keeps the cost of an
 * entry constant.
 * @param fill what stands in the entries behind; default 0
 */
export function widened<C extends Column>(column: C, length: number, fill = 0): C {
  const wider = new (column.constructor as new (length: number) => C)(length);
  wider.set(column);
  return fill === 0 ? wider : (wider.fill(fill, column.length) as C);
}
