/**
 * Makes the tables of a heap.
 * @throws RangeError, in plain words, when this machine cannot hold them
 */
export function withRoom<Tables>(heapSize: number, align: number, make: () => Tables): Tables {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError) || !/allocation failed|Invalid typed array length/.test(error.message))
      throw error;
    throw new RangeError(
      `This machine has no room for the tables of a heap of ${heapSize} bytes with an alignment of ${align}; use a larger alignment or a smaller heap.`,
    );
  }
}
