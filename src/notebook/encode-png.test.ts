import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { cellPixels, drawSquare, greySquare } from "./drawn-picture";
import { encodePng, pngAddress } from "./encode-png";
import { heapCells } from "./heap-cells";

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
