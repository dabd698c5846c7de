import { checkNumber } from "../base/wrong-argument";
import { MOST_UNITS } from "./arena";
import type { CheckedOptions } from "./options";

/** More units than any heap has. */
const TOO_MANY = MOST_UNITS + 1;
/** Two numbers below this have a sum of 31 bits. */
const SMALL = 2 ** 30;

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
  /** The unit is 2 to this power, and 32 bits can count with it; −1 where not. */
  readonly #shift: number;
  /** What a request has added before it is shifted. */
  readonly #added: number;

  /** @throws RangeError for a heap of more units than can be indexed */
  constructor({ heapSize, align, header }: CheckedOptions) {
    this.unit = greatestDivisor(align, heapSize);
    this.#align = align;
    this.#header = header;
    this.#perAlign = align / this.unit;
    const shift = Math.log2(this.unit);
    this.#added = header + this.unit - 1;
    this.#shift = Number.isInteger(shift) && this.#perAlign === 1 && this.#added < SMALL ? shift : -1;
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
    if (request > 0 && request < SMALL && (request | 0) === request && this.#shift >= 0)
      return (request + this.#added) >> this.#shift;
    return this.#anyUnits(request);
  }

  /** Bytes from the start of the heap in units; negative where they are no whole number of them, or before it. */
  wholeUnits(bytes: number): number {
    const units = bytes >> this.#shift;
    return units << this.#shift === bytes && this.#shift >= 0 ? units : this.#anyWholeUnits(bytes);
  }

  #anyUnits(request: number): number {
    checkRequest(request);
    const units = Math.max(1, Math.ceil((request + this.#header) / this.#align)) * this.#perAlign;
    return units <= MOST_UNITS ? units : TOO_MANY;
  }

  #anyWholeUnits(bytes: number): number {
    const units = bytes / this.unit;
    return Number.isInteger(bytes) && Number.isInteger(units) && units < MOST_UNITS ? units : -1;
  }
}

/** Checks a request: a whole number of bytes. @throws as `malloc` does */
export function checkRequest(request: number): void {
  checkNumber("request", request, 0, "ask for a whole number of bytes");
}

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

/** The greatest number that divides both (Euclid, Elements VII, 2). */
export function greatestDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
