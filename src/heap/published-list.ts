import type { Block } from "./block";

/**
 * The original program's allocator, record for record: one list of all blocks, free and allocated, kept in the order in which
 * the original keeps it. Sizes and addresses are plain numbers; nothing is rounded. The answers to odd arguments are the
 * original's as well: a size that compares with nothing (NaN) finds no hole, a fraction of a byte is carried along.
 */
export class PublishedList {
  /** Every record, in list order. */
  records: Block[];
  /** Records that the last search looked at. */
  examined = 0;

  constructor(
    base: number,
    heapSize: number,
    private readonly pageSize: number,
  ) {
    this.records = [{ address: base, size: heapSize, free: true }];
  }

  /** The first free record in list order of at least `size` bytes, shrunk to it; −1 for a size of 0 or less. */
  malloc(request: number): Block | -1 | null {
    this.examined = 0;
    if (request <= 0) return -1;
    const size = Math.max(request, this.pageSize);
    const at = this.records.findIndex((record) => record.free && record.size >= size);
    const walked = at < 0 ? this.records : this.records.slice(0, at + 1);
    this.examined = walked.filter((record) => record.free).length;
    const hole = this.records[at];
    if (!hole) return null;
    this.records[at] = { address: hole.address, size, free: false };
    if (hole.size > size) {
      this.records.unshift({ address: hole.address + size, size: hole.size - size, free: true });
    }
    return hole;
  }

  /**
   * Frees the record at `address`, allocated or not, and merges it with a free record behind it and one before it.
   * @returns the record and the two it merged with, as they were; null when there is no such record.
   */
  free(address: number): { block: Block; left: Block | null; right: Block | null; hole: Block } | null {
    const at = this.records.findIndex((record) => record.address === address);
    const block = this.records[at];
    if (!block) return null;
    let hole: Block = { ...block, free: true };
    this.records[at] = hole;
    const right = this.records.find((r) => r.free && r.address === hole.address + hole.size) ?? null;
    if (right) hole = this.merge(hole, right);
    const left = this.records.find((r) => r.free && r.address + r.size === hole.address) ?? null;
    if (left) hole = this.merge(left, hole);
    this.records.sort((a, b) => a.address - b.address);
    return { block, left, right, hole };
  }

  private merge(low: Block, high: Block): Block {
    const hole = { address: low.address, size: low.size + high.size, free: true };
    this.records = [hole, ...this.records.filter((record) => record !== low && record !== high)];
    return hole;
  }
}
