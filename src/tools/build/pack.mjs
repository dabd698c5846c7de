// @ts-check
import { gzipSync } from "node:zlib";

/** The printable ASCII characters but `"`, `<` and `\`, which a script in an output would have to escape. */
const DIGITS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter(
  (character) => !'"<\\'.includes(character),
);

/**
 * A program as a text for an output to carry: gzipped, and every 13 bits as two of 91 characters (of 1 to 6 last bits as one), which takes
 * 8 % less than base64. `packedBytes` (src/player/packed-bytes.ts) reads it.
 * @param {Uint8Array} program
 * @returns {string}
 */
export function pack(program) {
  let text = "";
  let bits = 0;
  let count = 0;
  for (const byte of gzipSync(program, { level: 9 })) {
    bits |= byte << count;
    count += 8;
    if (count < 13) continue;
    text += pair(bits & 8191);
    bits >>= 13;
    count -= 13;
  }
  // So that less than a byte is padding: a decompressor takes no byte too many.
  return text + (count === 0 ? "" : count <= 6 ? DIGITS[bits] : pair(bits));
}

/** @param {number} bits */
function pair(bits) {
  return `${DIGITS[bits % 91]}${DIGITS[Math.floor(bits / 91)]}`;
}
