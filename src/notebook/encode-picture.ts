import { deflateSync } from "node:zlib";
import type { DrawnPicture } from "./drawn-picture";

/**
 * Encodes a picture as PNG with those colours of its palette that it has, in as few bits a pixel as they need, compressed: an
 * enlarged heap of a few thousand cells takes about 1 KB. (pngjs, which the tests read it with, writes no palettes; without
 * one, colours take three times as much.)
 */
export function encodePng({ width, height, pixels, palette }: DrawnPicture): Uint8Array {
  const indices = new Uint8Array(256);
  for (let at = 0; at < pixels.length; at++) indices[pixels[at]!] = 1;
  const used = [...indices.keys()].filter((colour) => indices[colour] === 1);
  for (const [index, colour] of used.entries()) indices[colour] = index;
  const bits = [1, 2, 4, 8].find((each) => used.length <= 2 ** each)!;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Colour type 3: with a palette.
  header.set([bits, 3, 0, 0, 0], 8);
  // Each row begins with its filter, 0 for none: rows of an enlarged picture repeat, which deflate finds by itself.
  const stride = 1 + Math.ceil((width * bits) / 8);
  const rows = Buffer.alloc(stride * height);
  for (let row = 0, at = 0; row < height; row++) {
    const start = row * stride + 1;
    for (let bit = 0; bit < width * bits; bit += bits, at++) {
      rows[start + (bit >> 3)]! |= indices[pixels[at]!]! << (8 - bits - (bit & 7));
    }
  }
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(used.flatMap((colour) => palette[colour]!))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A picture as an address that an `<img>` shows anywhere, with no server and no script. */
export function pngAddress(picture: DrawnPicture): string {
  return `data:image/png;base64,${Buffer.from(encodePng(picture)).toString("base64")}`;
}

/** A chunk of a PNG file: its length, its type, its data, and their check sum. */
function chunk(type: string, data: Buffer): Buffer {
  const made = Buffer.alloc(data.length + 12);
  made.writeUInt32BE(data.length, 0);
  made.write(type, 4, "latin1");
  data.copy(made, 8);
  made.writeUInt32BE(checkSum(made.subarray(4, data.length + 8)), data.length + 8);
  return made;
}

/** CRC-32 as PNG's specification has it, annex D. */
function checkSum(bytes: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** One picture of an animation, and how long it stays, in milliseconds. */
export interface GifFrame {
  readonly picture: DrawnPicture;
  readonly delay: number;
}

/**
 * Encodes pictures of one size and palette as an animated GIF that starts over at its end. Only one frame is held at a time.
 * @param frames at least one; delays are kept in hundredths of a second, as the format has them
 */
export function encodeGif(frames: Iterable<GifFrame>): Uint8Array {
  const { GIFEncoder } = require("gifenc") as typeof import("gifenc");
  const gif = GIFEncoder();
  let first = true;
  for (const { picture, delay } of frames) {
    const palette = first ? picture.palette : undefined;
    gif.writeFrame(picture.pixels, picture.width, picture.height, { palette, delay, repeat: 0 });
    first = false;
  }
  gif.finish();
  return gif.bytes();
}
