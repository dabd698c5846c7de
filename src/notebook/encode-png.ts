import type { GreyPicture } from "./grey-picture";

/** Encodes a picture as PNG: a byte a pixel, compressed; an enlarged heap of a few thousand cells takes about 1 KB. */
export function encodePng(picture: GreyPicture): Uint8Array {
  const { PNG } = require("pngjs") as typeof import("pngjs");
  const { width, height, pixels } = picture;
  // Filter 0 (none): rows of an enlarged picture repeat, which deflate finds by itself.
  return PNG.sync.write({ width, height, data: Buffer.from(pixels) } as import("pngjs").PNG, {
    colorType: 0,
    inputColorType: 0,
    bitDepth: 8,
    deflateLevel: 9,
    filterType: 0,
  });
}

/** A picture as an address that an `<img>` shows anywhere, with no server and no script. */
export function pngAddress(picture: GreyPicture): string {
  return `data:image/png;base64,${Buffer.from(encodePng(picture)).toString("base64")}`;
}
