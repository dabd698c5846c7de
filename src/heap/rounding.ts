import { checkNumber } from "../base/wrong-argument";
import { MOST_UNITS } from "./arena";
import type { CheckedOptions } from "./options";

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
  /** 1 / unit where that is exact, so that a multiplication can stand for a division; else 0. */
  readonly #inverse: number;

  /** @throws RangeError for a heap of more units than can be indexed */
  constructor({ heapSize, align, header }: CheckedOptions) {
    this.unit = greatestDivisor(align, heapSize);
    this.#align = align;
    this.#header = header;
    this.#perAlign = align / this.unit;
    this.#inverse = Number.isInteger(Math.log2(this.unit)) ? 1 / this.unit : 0;
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
    if ((request | 0) !== request || request < 0) checkRequest(request);
    const bytes = request + this.#header;
    if (this.#perAlign === 1 && this.#inverse !== 0) return counted(Math.ceil(bytes * this.#inverse), 1);
    return counted(Math.ceil(bytes / this.#align) * this.#perAlign, this.#perAlign);
  }

  /** Bytes from the start of the heap in units; a fraction where they are no whole number of them. */
  exactUnits(bytes: number): number {
    return this.#inverse !== 0 ? bytes * this.#inverse : bytes / this.unit;
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

/** A number of units that an index can hold. */
function counted(units: number, least: number): number {
  return units <= MOST_UNITS ? Math.max(units, least) | 0 : TOO_MANY;
}

/** The greatest number that divides both (Euclid, Elements VII, 2). */
export function greatestDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
