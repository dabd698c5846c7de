import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { cellPixels, drawSquare, greySquare, heapCells } from "./drawn-picture";
import { encodeGif, encodePng, pngAddress } from "./encode-picture";

const GREYS = [0, 1, 127, 128, 254, 255].map((grey) => [grey, grey, grey] as const);
const COLOURS = GREYS.map(([grey]) => [grey, 255 - grey, 7] as const);

describe("encodePng", () => {
  it("keeps every pixel", () => {
    const pixels = Uint8Array.of(0, 1, 2, 3, 4, 5);
    for (const palette of [GREYS, COLOURS]) {
      const png = PNG.sync.read(Buffer.from(encodePng({ width: 3, height: 2, pixels, palette })));
      expect([png.width, png.height]).toEqual([3, 2]);
      expect(Array.from(pixels, (_, at) => [...png.data.subarray(4 * at, 4 * at + 3)])).toEqual(palette);
    }
  });

  it("takes about a kilobyte for the original's heap", () => {
    const heap = new FreeList(8192, 4);
    for (const size of [2740, 40, 772, 3344]) heap.malloc(size);
    heap.free(2740);
    const cells = heapCells(heap);
    expect(encodePng(drawSquare(greySquare(cells), cellPixels(cells.side, 330))).length).toBeLessThan(1200);
  });
});

describe("pngAddress", () => {
  it("is a data address that needs no escaping", () => {
    const address = pngAddress({ width: 1, height: 1, pixels: Uint8Array.of(0), palette: [[9, 9, 9]] });
    expect(address).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/);
  });
});

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
