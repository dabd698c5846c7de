/**
 * The buddy system as its definition says it: a set of free blocks, each named by size and address, every search a loop over
 * sizes and addresses.
 */
export class SlowBuddies {
  readonly #free = new Set<string>();
  readonly #sizes = new Map<number, number>();

  constructor(
    private readonly heapSize: number,
    private readonly unit: number,
    private readonly header: number,
  ) {
    this.#free.add(`${heapSize}@0`);
  }

  malloc(request: number): number | null {
    let want = this.unit;
    while (want < request + this.header) want *= 2;
    for (let size = want; size <= this.heapSize; size *= 2) {
      for (let address = 0; address < this.heapSize; address += size) {
        if (!this.#free.delete(`${size}@${address}`)) continue;
        for (let half = size / 2; half >= want; half /= 2) this.#free.add(`${half}@${address + half}`);
        this.#sizes.set(address + this.header, want);
        return address + this.header;
      }
    }
    return null;
  }

  free(payload: number): boolean {
    let size = this.#sizes.get(payload);
    if (size === undefined) return false;
    this.#sizes.delete(payload);
    let address = payload - this.header;
    // The address of a buddy differs in one bit.
    while (this.#free.delete(`${size}@${address ^ size}`)) {
      address &= ~size;
      size *= 2;
    }
    this.#free.add(`${size}@${address}`);
    return true;
  }

  /** Address and size of the free blocks, by size, then by address. */
  holes(): number[][] {
    const holes = Array.from(this.#free, (name) => name.split("@").map(Number).reverse());
    return holes.sort((a, b) => a[1]! - b[1]! || a[0]! - b[0]!);
  }
}
