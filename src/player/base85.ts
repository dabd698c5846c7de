/** The bytes that the build wrote as text: see `toBase85` in tools/build. */
export function fromBase85(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new DataView(new ArrayBuffer(((text.length - 1) / 5) * 4));
  for (let at = 1; at < text.length; at += 5) {
    let value = 0;
    for (let i = at; i < at + 5; i++) {
      const letter = text.charCodeAt(i);
      value = value * 85 + letter - 40 - Number(letter > 60) - Number(letter > 92);
    }
    bytes.setUint32(((at - 1) / 5) * 4, value);
  }
  return new Uint8Array(bytes.buffer, 0, bytes.byteLength - Number(text[0]));
}
