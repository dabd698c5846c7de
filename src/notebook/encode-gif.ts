import type { DrawnPicture } from "./drawn-picture";

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
