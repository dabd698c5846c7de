/**
 * The gzipped bytes in a text that `pack` (tools/build/pack.mjs) has written: two characters are 13 bits, the lowest first, and one
 * at the end is 6.
 */
export function packedBytes(text: string): Uint8Array<ArrayBuffer> {
  const pairs = text.length >> 1;
  const bytes = new Uint8Array((pairs * 13 + (text.length % 2) * 6) >> 3);
  let bits = 0;
  let count = 0;
  let at = 0;
  for (let i = 0; i < text.length; i += 2) {
    const single = i + 1 === text.length;
    bits |= (digit(text.charCodeAt(i)) + (single ? 0 : 91 * digit(text.charCodeAt(i + 1)))) << count;
    for (count += single ? 6 : 13; count >= 8; count -= 8) {
      bytes[at++] = bits;
      bits >>= 8;
    }
  }
  return bytes;
}

/** The place of a character among the printable ones without `"`, `<` and `\`. */
function digit(code: number): number {
  return code - 33 - Number(code > 34) - Number(code > 60) - Number(code > 92);
}
