/** Bytes as base64 with padding (RFC 4648, section 4): four letters for three bytes. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // So many arguments at a time, which every engine takes.
  for (let i = 0; i < bytes.length; i += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return btoa(parts.join(""));
}

/** The bytes that `toBase64` wrote. */
export function fromBase64(text: string): Uint8Array {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
