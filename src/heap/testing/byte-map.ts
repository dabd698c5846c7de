/**
 * An oracle that knows nothing of blocks: which bytes are in use, and by whom. It asserts that no two payloads share a
 * byte, and that what is freed was allocated.
 */
export class ByteMap {
  /** For each byte, the payload address that it belongs to, plus 1; 0 for none. */
  #owner = new Int32Array(1024);
  #sizes = new Map<number, number>();

  /** @param header bytes before each payload that belong to it as well */
  constructor(private readonly header: number) {}

  malloc(address: number, size: number): void {
    if (this.#sizes.has(address)) throw new Error(`${address} was given away twice.`);
    while (this.#owner.length < address + size) {
      const owner = new Int32Array(2 * this.#owner.length);
      owner.set(this.#owner);
      this.#owner = owner;
    }
    const mine = this.#owner.subarray(address - this.header, address + size);
    const at = mine.findIndex((other) => other !== 0);
    if (at >= 0)
      throw new Error(`Byte ${address - this.header + at} belongs to ${mine[at]! - 1} and to ${address}.`);
    mine.fill(address + 1);
    this.#sizes.set(address, size);
  }

  free(address: number): void {
    const size = this.#sizes.get(address);
    if (size === undefined) throw new Error(`${address} was not allocated.`);
    this.#owner.fill(0, address - this.header, address + size);
    this.#sizes.delete(address);
  }
}
