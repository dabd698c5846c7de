import { describe, expect, it } from "vitest";
import { ZstdFrames } from "./zstd-frames";

/** What `zstd` makes of 49 bytes, with a checksum and the size of its content. */
const ONE = Buffer.from(
  "KLUv/QRYiQEAdiAxMDU1MCAzClggLi9wcm9nCnQgNDAxMTM2IDAKKyAxMCAxIDEwMDAKLSAxMDAwChw0TGU=",
  "base64",
);
/** `printf %0300000d 0 | zstd --no-check`: three blocks, two of which repeat a byte. */
const REPEATED = Buffer.from("KLUv/QBYVAAAEDAwAQD7/znAAgIAEDADnwQw", "base64");
/** A frame that is to be skipped, of 5 bytes. */
const SKIPPED = Buffer.from("502a4d1805000000" + "0102030405", "hex");

function isWhole(bytes: Uint8Array, step: number): boolean {
  const frames = new ZstdFrames();
  for (let at = 0; at < bytes.length; at += step) frames.push(bytes.subarray(at, at + step));
  return frames.isWhole;
}

describe("ZstdFrames", () => {
  it.each([
    ["a frame", [ONE]],
    ["a frame of several blocks, without checksum", [REPEATED]],
    ["a frame to be skipped", [SKIPPED]],
    ["several frames", [SKIPPED, ONE, REPEATED, SKIPPED, ONE]],
  ])("knows the end of %s, and that every shorter piece ends elsewhere", (_, frames) => {
    const bytes = Buffer.concat(frames);
    const ends = frames.map((_, i) => Buffer.concat(frames.slice(0, i + 1)).length);
    for (const step of [1, 3, 1000]) {
      for (let end = 1; end <= bytes.length; end++) {
        expect([end, isWhole(bytes.subarray(0, end), step)]).toEqual([end, ends.includes(end)]);
      }
    }
  });

  it("ends with what is no zstd at all", () => {
    for (const step of [1, 7]) isWhole(Buffer.from("no zstd, nor anything else that is packed"), step);
    expect(isWhole(Buffer.from("502a4d1800000000", "hex"), 1)).toBe(true);
  });
});
