import { describe, expect, it } from "vitest";
import { cellPixels, drawCells } from "./draw-cells";

describe("drawCells", () => {
  // Seven cells of memory in a square of nine: the last two are padding.
  const free = Uint8Array.of(0, 255, 0, 255, 100, 0, 0, 255, 255);

  it("draws each cell as a square of its grey, row 0 on top, padding and frame in other greys", () => {
    const { width, height, pixels } = drawCells({ side: 3, count: 7, free }, 2);
    expect([width, height]).toEqual([8, 8]);
    const rows = Array.from({ length: 8 }, (_, row) => [...pixels.subarray(row * 8, row * 8 + 8)].join(" "));
    expect(rows).toEqual([
      "128 128 128 128 128 128 128 128",
      "128 0 0 255 255 0 0 128",
      "128 0 0 255 255 0 0 128",
      "128 255 255 100 100 0 0 128",
      "128 255 255 100 100 0 0 128",
      "128 0 0 200 200 200 200 128",
      "128 0 0 200 200 200 200 128",
      "128 128 128 128 128 128 128 128",
    ]);
  });
});

describe("cellPixels", () => {
  it("is the largest whole number that fits, never below 1", () => {
    expect(cellPixels(46, 330)).toBe(7);
    expect(cellPixels(46, 324)).toBe(7);
    expect(cellPixels(46, 323)).toBe(6);
    expect(cellPixels(128, 64)).toBe(1);
  });

  it("is a number for a heap that has no page yet: its picture is the frame alone", () => {
    const picture = drawCells({ side: 0, count: 0, free: new Uint8Array(0) }, cellPixels(0, 330));
    expect([picture.width, picture.pixels.length]).toEqual([2, 4]);
  });
});
