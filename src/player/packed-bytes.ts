import { ByteModel } from "./byte-model";

/** Characters that a packed text is made of: the printable ones of ASCII without `"`, `<` and `\`, which a script would have to escape. */
export const RADIX = 91;
/** What an arithmetic coder divides between 1 and 0 has from 5 to 6 digits of that radix; a number at the start of the text has 4. */
export const LEAST_RANGE = RADIX ** 5;
export const NUMBER_DIGITS = 4;

/**
 * The bytes in a text that `pack` (tools/build/pack.ts) has written: their number; where the Burrows–Wheeler transform of them has its
 * end; and the transform itself, in the digits of an arithmetic coder.
 */
export function packedBytes(text: string): Uint8Array<ArrayBuffer> {
  let next = 0;
  const digits = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * RADIX + digitOf(text.charCodeAt(next++));
    return value;
  };
  const length = digits(NUMBER_DIGITS);
  const end = digits(NUMBER_DIGITS);
  const model = new ByteModel();
  let code = digits(6);
  let range = LEAST_RANGE * RADIX;
  const transform = Uint8Array.from({ length }, () => {
    let byte = 1;
    while (byte < 256) {
      const ones = Math.floor(range / 65_536) * model.chance;
      const bit = code < ones ? 1 : 0;
      if (bit === 0) code -= ones;
      range = bit === 1 ? ones : range - ones;
      for (; range < LEAST_RANGE; range *= RADIX) code = code * RADIX + digits(1);
      model.learn(bit);
      byte = (byte << 1) | bit;
    }
    return byte;
  });
  return untransformed(transform, end);
}

/**
 * The bytes of which `transform` is the Burrows–Wheeler transform.
 * @param end the place in the transform at which the mark of the end stands, which is no byte and in the order before all
 */
function untransformed(transform: Uint8Array, end: number): Uint8Array<ArrayBuffer> {
  const places = new Int32Array(257).fill(0);
  for (const byte of transform) places[byte + 1]!++;
  places[0] = 1;
  for (let byte = 1; byte < 257; byte++) places[byte]! += places[byte - 1]!;
  /** For a row of the sorted rotations, the row of the one that begins a byte later. */
  const later = new Int32Array(transform.length + 1);
  const rowOf = (i: number) => (i < end ? i : i + 1);
  for (const [i, byte] of transform.entries()) later[places[byte]!++] = rowOf(i);
  let row = end;
  return Uint8Array.from({ length: transform.length }, () => {
    row = later[row]!;
    return transform[row < end ? row : row - 1]!;
  });
}

/** The place of a character among the printable ones without `"`, `<` and `\`. */
function digitOf(code: number): number {
  return code - 33 - Number(code > 34) - Number(code > 60) - Number(code > 92);
}
