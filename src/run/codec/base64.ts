const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CODES = new Map([...ALPHABET].map((letter, code) => [letter.charCodeAt(0), code]));

/** Bytes as base64 with padding (RFC 4648, section 4): four letters for three bytes. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const letters =
      ALPHABET[word >> 18]! + ALPHABET[(word >> 12) & 63] + ALPHABET[(word >> 6) & 63] + ALPHABET[word & 63];
    const left = bytes.length - i;
    parts.push(left >= 3 ? letters : left === 2 ? `${letters.slice(0, 3)}=` : `${letters.slice(0, 2)}==`);
  }
  return parts.join("");
}

/**
 * The bytes that `toBase64` wrote.
 * @throws RangeError for text that is not base64.
 */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0)
    throw new RangeError(`base64 comes in fours, and ${text.length} letters are none`);
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  let word = 0;
  for (let i = 0; i < text.length; i++) {
    const code = i < text.length - padding ? CODES.get(text.charCodeAt(i)) : 0;
    if (code === undefined) throw new RangeError(`letter ${i} is not base64`);
    word = ((word << 6) | code) & 0xffffff;
    if (i % 4 !== 3) continue;
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (word >> shift) & 255;
  }
  return bytes;
}
