// What every runtime of the project has (Node, browsers, their workers) and the language's own library does not declare. The
// compiler's declarations of a runtime take the place of these where they are loaded.

/** Text whose characters are bytes (0 to 255) as base64 (RFC 4648, section 4). */
declare function btoa(bytes: string): string;
/** What `btoa` was given. */
declare function atob(base64: string): string;

/** Turns bytes into text (WHATWG Encoding Standard). */
interface TextDecoder {
  decode(bytes?: Uint8Array): string;
}
declare var TextDecoder: {
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};

/** Turns text into its UTF-8 bytes. */
interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };
