import { widened } from "../../base/column";

/** Bytes that grow as they are written. */
export class ByteWriter {
  #bytes: Uint8Array = new Uint8Array(256);
  #length = 0;

  /** Writes an integer from 0 to 2^53 − 1, seven bits a byte, low bits first; 0..127 take one byte. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 2 ** 31) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  /** Writes any number: integers from 0 to 2^52 − 1 as a varint of their double, all others as eight bytes behind a 1. */
  number(value: number): void {
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 52 && !Object.is(value, -0)) {
      this.varint(2 * value);
      return;
    }
    this.varint(1);
    for (const byte of new Uint8Array(Float64Array.of(value).buffer)) this.byte(byte);
  }

  /** What was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  private byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      this.#bytes = widened(this.#bytes, 2 * this.#length);
    }
    this.#bytes[this.#length++] = value;
  }
}

/** Reads what a `ByteWriter` wrote. Every method throws a `RangeError` at the end of the bytes. */
export class ByteReader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Whether all bytes have been read. */
  get done(): boolean {
    return this.#at === this.bytes.length;
  }

  /** Bytes that have not been read. */
  get left(): number {
    return this.bytes.length - this.#at;
  }

  varint(): number {
    const { bytes } = this;
    let at = this.#at;
    // Four bytes and less, by far the most, need no floating point.
    let small = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = bytes[at++]!;
      small |= (byte & 127) << shift;
      if (byte < 128) {
        this.#at = at;
        return small;
      }
    }
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (value > Number.MAX_SAFE_INTEGER) break;
        return value;
      }
    }
    throw new RangeError(`its operations have a number beyond 2^53 before byte ${this.#at}`);
  }

  number(): number {
    const code = this.varint();
    if (code % 2 === 0) return code / 2;
    if (code !== 1) throw new RangeError(`its operations have no number at byte ${this.#at}`);
    const eight = new Uint8Array(8);
    for (let i = 0; i < 8; i++) eight[i] = this.byte();
    return new Float64Array(eight.buffer)[0]!;
  }

  private byte(): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw new RangeError(`its operations end in the middle, at byte ${this.#at}`);
    this.#at++;
    return byte;
  }
}
