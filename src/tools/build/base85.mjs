/**
 * Bytes as text that may stand in any script, page or JSON document as it is: five letters of "(" to "~", without "<" and "\\", for four
 * bytes, where base64 takes 5.33. The bytes, filled up with zeros to a multiple of four, are 32-bit numbers, high byte first; how many zeros is
 * the first letter. See `fromBase85` in player/base85.ts.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function toBase85(bytes) {
  const letters = [String((4 - (bytes.length % 4)) % 4)];
  for (let at = 0; at < bytes.length; at += 4) {
    let value = 0;
    for (let i = 0; i < 4; i++) value = value * 256 + (bytes[at + i] ?? 0);
    const five = [];
    for (let i = 0; i < 5; i++) {
      // "<" is the 21st, "\" the 53rd behind "(".
      const digit = value % 85;
      five.unshift(String.fromCharCode(40 + digit + (digit >= 20 ? 1 : 0) + (digit >= 51 ? 1 : 0)));
      value = Math.floor(value / 85);
    }
    letters.push(...five);
  }
  return letters.join("");
}
