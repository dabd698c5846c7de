/** For each byte, what it adds to the remainder when it is followed by 0, 1, 2 or 3 further bytes. */
const TABLES = tables();

/**
 * The checksum of bytes that come in pieces: CRC-32 (ISO 3309, as in gzip and PNG). It tells damage from chance, and one file from
 * another; it is no seal.
 */
export class Crc32 {
  #remainder = -1;

  /** Takes the next piece. */
  push(piece: Uint8Array): this {
    const [none, one, two, three] = TABLES;
    let rest = this.#remainder;
    let at = 0;
    for (; at + 4 <= piece.length; at += 4) {
      rest ^= piece[at]! | (piece[at + 1]! << 8) | (piece[at + 2]! << 16) | (piece[at + 3]! << 24);
      rest = three[rest & 255]! ^ two[(rest >>> 8) & 255]! ^ one[(rest >>> 16) & 255]! ^ none[rest >>> 24]!;
    }
    for (; at < piece.length; at++) rest = (rest >>> 8) ^ none[(rest ^ piece[at]!) & 255]!;
    this.#remainder = rest;
    return this;
  }

  /** The checksum of what came so far: a whole number below 2^32. */
  get value(): number {
    return ~this.#remainder >>> 0;
  }
}

function tables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const [none, one, two, three] = [0, 1, 2, 3].map(() => new Int32Array(256)) as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    none[byte] = rest;
  }
  const behind = (rest: number) => (rest >>> 8) ^ none[rest & 255]!;
  for (let byte = 0; byte < 256; byte++) {
    one[byte] = behind(none[byte]!);
    two[byte] = behind(one[byte]!);
    three[byte] = behind(two[byte]!);
  }
  return [none, one, two, three];
}
