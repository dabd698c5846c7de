import { describe, expect, it } from "vitest";
import { encodeGif } from "./encode-gif";

// That a browser shows the same pixels is tested in a browser (view.lab.test.ts).
describe("encodeGif", () => {
  const palette = [0, 255, 128].map((grey) => [grey, grey, grey] as const);
  const picture = (index: number) => ({
    width: 4,
    height: 4,
    pixels: new Uint8Array(16).fill(index),
    palette,
  });
  const frames = [0, 1, 2].map((index) => ({ picture: picture(index), delay: 250 }));

  it("has the size, starts over for ever, and ends properly", () => {
    const gif = Buffer.from(encodeGif(frames));
    expect(gif.toString("latin1", 0, 6)).toBe("GIF89a");
    expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([4, 4]);
    expect(gif.includes("NETSCAPE2.0\x03\x01\x00\x00")).toBe(true);
    expect(gif.at(-1)).toBe(0x3b);
  });

  it("has a frame for each picture, with its delay in hundredths of a second", () => {
    const gif = Buffer.from(encodeGif(frames));
    const control = Uint8Array.of(0x21, 0xf9, 4);
    const delays: number[] = [];
    for (let at = gif.indexOf(control); at >= 0; at = gif.indexOf(control, at + 1)) {
      delays.push(gif.readUInt16LE(at + 4));
    }
    expect(delays).toEqual([25, 25, 25]);
  });
});
