import { checkNumber, ownOptions, show } from "../base/wrong-argument";
import { FreeList } from "./free-list";
import type { FreeListOptions } from "./options";

/** The parameters of `FixedPartitions`; as those of a `FreeList`. */
export type FixedPartitionsOptions = Pick<FreeListOptions, "fit" | "header" | "base">;

/** The names of its options. */
export const PARTITIONS_OPTIONS = ["fit", "header", "base"];

/**
 * Memory that is cut into partitions once and for all, each of which is given away whole or not at all (OS/360 MFT; Silberschatz,
 * *Operating System Concepts*, main memory). Free partitions stand in a list in address order, and the fit chooses one that is large
 * enough. None is ever split, and none merges with another: what a request leaves unused of its partition is lost to others while
 * it lasts, and its event says how much that is (`unsplit`). A block that outgrows its partition moves.
 *
 * @example
 * const heap = new FixedPartitions([4096, 8192, 20480, 2048], 1024, { fit: "best" });
 */
export class FixedPartitions extends FreeList {
  /**
   * @param partitions bytes of each partition, in address order: positive multiples of the page size, at least one
   * @param pageSize bytes of a page: the unit of the picture, and what requests are rounded up to
   * @throws RangeError or TypeError for a parameter that is not allowed
   */
  constructor(partitions: readonly number[], pageSize: number, options: FixedPartitionsOptions = {}) {
    const own = ownOptions(options, PARTITIONS_OPTIONS);
    const sizes = checkedPartitions(partitions, pageSize);
    const heapSize = sizes.reduce((sum, size) => sum + size, 0);
    const { fit } = own;
    super(
      heapSize,
      pageSize,
      { ...own, coalesce: "never", leastRemainder: heapSize },
      {
        kind: "fixed-partitions",
        given: { ...own, ...(typeof fit === "function" ? { fit: "custom" } : {}), partitions: sizes },
        partitions: sizes,
      },
    );
  }
}

function checkedPartitions(given: readonly number[], pageSize: number): number[] {
  if (!Array.isArray(given))
    throw new TypeError(`partitions must be an array of sizes, not ${show(given)}; give [4096, 8192].`);
  const sizes = Array.from(given) as number[];
  if (sizes.length === 0)
    throw new RangeError("partitions must name at least one size, not none; give [4096].");
  checkNumber("pageSize", pageSize, 1, "give the bytes of a page, for example 4");
  for (const [i, size] of sizes.entries()) {
    checkNumber(`partitions[${i}]`, size, 1, `give a multiple of the page size ${pageSize}`);
    if (size % pageSize !== 0) {
      throw new RangeError(
        `partitions[${i}] must be a multiple of pageSize, and ${size} is no multiple of ${pageSize}; ${Math.ceil(size / pageSize) * pageSize} is.`,
      );
    }
  }
  return sizes;
}
