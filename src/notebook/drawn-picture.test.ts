import { describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { MOST_CELLS } from "../run/grid";
import { History } from "../run/history";
import { cellPixels, drawSheet, drawSquare, greySquare, heapCells } from "./drawn-picture";

describe("drawSquare", () => {
  // Seven cells of memory in a square of nine: the last two are no memory.
  const free = Uint8Array.of(0, 255, 0, 255, 100, 0, 0, 255, 255);
  const square = greySquare({ side: 3, count: 7, free });

  it("draws each cell as a square of its grey, row 0 on top, in a frame, and hatches what is no memory", () => {
    const { width, height, pixels, palette } = drawSquare(square, 2);
    expect([width, height]).toEqual([8, 8]);
    const greys = Array.from(pixels, (index) => palette[index]![0]);
    const rows = Array.from({ length: 8 }, (_, row) => greys.slice(row * 8, row * 8 + 8).join(" "));
    expect(rows).toEqual([
      "128 128 128 128 128 128 128 128",
      "128 0 0 255 255 0 0 128",
      "128 0 0 255 255 0 0 128",
      "128 255 255 100 100 0 0 128",
      "128 255 255 100 100 0 0 128",
      "128 0 0 150 238 238 238 128",
      "128 0 0 238 238 238 238 128",
      "128 128 128 128 128 128 128 128",
    ]);
  });

  it("draws a line between cells of 20 pixels or more, and none around them or between smaller ones", () => {
    const cells = greySquare({ side: 2, count: 4, free: Uint8Array.of(0, 255, 255, 0) });
    const rowAt = (row: number, edge: number) => {
      const { width, pixels, palette } = drawSquare(cells, edge);
      return Array.from(pixels.subarray(row * width, (row + 1) * width), (index) => palette[index]![0]);
    };
    const row = [128, ...Array(19).fill(0), 150, ...Array(20).fill(255), 128];
    expect(rowAt(1, 20)).toEqual(row);
    expect(rowAt(19, 20)).toEqual(row);
    expect(rowAt(20, 20)).toEqual([128, ...Array(40).fill(150), 128]);
    expect(rowAt(40, 20)).toEqual([128, ...Array(19).fill(255), 150, ...Array(20).fill(0), 128]);
    expect(rowAt(19, 19)).toEqual([128, ...Array(19).fill(0), ...Array(19).fill(255), 128]);
  });
});

describe("drawSheet", () => {
  const white = drawSquare({ side: 1, cells: [0], colours: [[255, 255, 255]] }, 58);
  const ink = (
    { pixels, width, palette }: ReturnType<typeof drawSheet>,
    left: number,
    right: number,
    row: number,
  ) => {
    let dots = "";
    for (let x = left; x < right; x++) dots += palette[pixels[row * width + x]!]![0] === 0 ? "#" : ".";
    return dots;
  };

  it("is the picture itself where there is nothing to write", () => {
    expect(drawSheet([white], [""], "")).toBe(white);
  });

  it("puts runs side by side, their labels above, the caption below", () => {
    const sheet = drawSheet([white, white], ["A", "B"], "il");
    expect([sheet.width, sheet.height]).toEqual([128, 10 + 60 + 8 + 10]);
    expect(ink(sheet, 0, 6, 2)).toBe("#...#.");
    expect(ink(sheet, 68, 74, 0)).toBe("####..");
    expect(ink(sheet, 0, 12, 78)).toBe("..#....##...");
  });

  it("breaks a caption that is too long at blanks, and a word that is", () => {
    const lines = (text: string) => (drawSheet([white], [""], text).height - 60 - 8) / 10;
    expect(lines("ten letter")).toBe(1);
    expect(lines("ten letters")).toBe(2);
    expect(lines("abcdefghijklmnopqrstuvwxyz")).toBe(3);
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
    const none = greySquare({ side: 0, count: 0, free: new Uint8Array(0) });
    const picture = drawSquare(none, cellPixels(0, 330));
    expect([picture.width, picture.pixels.length]).toEqual([2, 4]);
  });
});

describe("heapCells", () => {
  it("is the matrix, cell for cell, while a cell is a page", () => {
    const heap = new FreeList(40, 4);
    heap.malloc(12);
    heap.malloc(8);
    heap.free(0);
    const { side, count, free } = heapCells(heap);
    expect([side, count]).toEqual([4, 10]);
    expect([...free]).toEqual(
      heap
        .asMatrix()
        .flat()
        .map((cell) => cell * 255),
    );
  });

  it("shades a cell that stands for many pages by its free part", () => {
    const heap = new FreeList(4 * MOST_CELLS * 8, 8);
    heap.malloc(32 + 24);
    const { side, count, free } = heapCells(heap);
    expect([side, count]).toEqual([128, MOST_CELLS]);
    expect([...free.subarray(0, 3)]).toEqual([0, Math.round(255 / 4), 255]);
  });

  it("takes a heap of 2^32 bytes and never more cells than its bound", () => {
    const heap = new FreeList(2 ** 32, 4);
    heap.malloc(2 ** 31);
    const { side, count, free } = heapCells(heap);
    expect(count).toBeLessThanOrEqual(MOST_CELLS);
    expect(free.length).toBe(side * side);
    expect(free.indexOf(255)).toBe(count / 2);
  });

  it("is empty for a growable heap that has not grown yet", () => {
    const heap = new FreeList(0, 4, { growable: true });
    expect(heapCells(heap).count).toBe(0);
  });
});

describe("heapCells of a run", () => {
  const agrees = (pages: number, pageSize: number) => {
    const heap = new FreeList(pages * pageSize, pageSize, { align: 1 });
    const history = History.of(heap);
    for (const part of [0.11, 0.23, 0.31]) heap.malloc(Math.ceil(heap.capacity * part));
    heap.free([...heap.blocks()][1]!.address);
    expect(heapCells(history.cursor().seek(history.length).heap)).toEqual(heapCells(heap));
  };

  it("is what heapCells draws of the same heap, with a cell a page", () => agrees(1000, 8));

  it("is what heapCells draws of the same heap, with many pages a cell", () => agrees(3 * MOST_CELLS + 5, 8));
});
