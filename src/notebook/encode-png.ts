import type { DrawnPicture } from "./drawn-picture";

/** Encodes a picture as PNG, compressed, in greys or in colours; an enlarged heap of a few thousand cells takes 1 to 2 KB. */
export function encodePng({ width, height, pixels, palette }: DrawnPicture): Uint8Array {
  const { PNG } = require("pngjs") as typeof import("pngjs");
  const grey = palette.every(([red, green, blue]) => red === green && green === blue);
  const channels = grey ? 1 : 3;
  const data = Buffer.alloc(channels * pixels.length);
  for (const [at, index] of pixels.entries()) {
    for (let channel = 0; channel < channels; channel++)
      data[channels * at + channel] = palette[index]![channel]!;
  }
  // Filter 0 (none): rows of an enlarged picture repeat, which deflate finds by itself.
  return PNG.sync.write({ width, height, data } as unknown as import("pngjs").PNG, {
    colorType: grey ? 0 : 2,
    inputColorType: grey ? 0 : 2,
    inputHasAlpha: false,
    bitDepth: 8,
    deflateLevel: 9,
    filterType: 0,
  });
}

/** A picture as an address that an `<img>` shows anywhere, with no server and no script. */
export function pngAddress(picture: DrawnPicture): string {
  return `data:image/png;base64,${Buffer.from(encodePng(picture)).toString("base64")}`;
}
