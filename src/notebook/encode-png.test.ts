import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { cellPixels, drawCells } from "./draw-cells";
import { encodePng, pngAddress } from "./encode-png";
import { heapCells } from "./heap-cells";

describe("encodePng", () => {
  it("keeps every pixel", () => {
    const pixels = Uint8Array.of(0, 1, 127, 128, 254, 255);
    const png = PNG.sync.read(Buffer.from(encodePng({ width: 3, height: 2, pixels })));
    expect([png.width, png.height]).toEqual([3, 2]);
    expect([...png.data].filter((_, at) => at % 4 === 0)).toEqual([...pixels]);
  });

  it("takes about a kilobyte for the original's heap", () => {
    const heap = new FreeList(8192, 4);
    for (const size of [2740, 40, 772, 3344]) heap.malloc(size);
    heap.free(2740);
    const cells = heapCells(heap);
    expect(encodePng(drawCells(cells, cellPixels(cells.side, 330))).length).toBeLessThan(1200);
  });
});

describe("pngAddress", () => {
  it("is a data address that needs no escaping", () => {
    const address = pngAddress({ width: 1, height: 1, pixels: Uint8Array.of(9) });
    expect(address).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/);
  });
});
