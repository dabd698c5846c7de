import { MOST_UNITS } from "./arena";
import { checkNumber, type Policy } from "./options";

/** More units than any heap has. */
const TOO_MANY = MOST_UNITS + 1;

/**
 * How a request becomes the size of a block: request plus header, rounded up to the alignment, and at least that.
 * Blocks are counted in units of the greatest length that measures both the alignment and the heap.
 */
export class Rounding {
  /** Bytes of a unit. */
  readonly unit: number;
  readonly #align: number;
  readonly #header: number;
  readonly #perAlign: number;

  /** @throws RangeError for a heap of more units than can be indexed */
  constructor(heapSize: number, { align, header }: Policy) {
    this.unit = greatestDivisor(align, heapSize);
    this.#align = align;
    this.#header = header;
    this.#perAlign = align / this.unit;
    const units = heapSize / this.unit;
    if (units > MOST_UNITS) {
      throw new RangeError(
        `A heap can have 2^30 units, and ${heapSize} bytes with an alignment of ${align} make ${units}; use a larger alignment or a smaller heap.`,
      );
    }
  }

  /** Bytes of the block for a request. */
  bytes(request: number): number {
    return Math.max(1, Math.ceil((request + this.#header) / this.#align)) * this.#align;
  }

  /** Units of the block for a request; more than any heap has when they cannot be counted. @throws as `malloc` does */
  units(request: number): number {
    // Whole numbers of an ordinary length first.
    if ((request | 0) !== request || request < 0)
      checkNumber("size", request, 0, "ask for a whole number of bytes");
    const units = Math.ceil((request + this.#header) / this.#align) * this.#perAlign;
    return units <= MOST_UNITS ? units | 0 || this.#perAlign : TOO_MANY;
  }
}

function greatestDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
