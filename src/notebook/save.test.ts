import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { saveGif } from "./save-gif";
import { savePng } from "./save-png";

let folder: string;
let history: History;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "freelist-lab-"));
  file = join(folder, "run");
  const heap = new FreeList(64, 4);
  history = History.of(heap);
  for (const size of [20, 8]) heap.malloc(size);
  heap.free(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The colour of each cell of a 4 × 4 heap in a PNG, read at its middle: "#" black, "." white. */
function cellsOf(path: string): string {
  const png = PNG.sync.read(readFileSync(path));
  const edge = (png.width - 2) / 4;
  const at = (cell: number) => Math.floor(1 + (cell + 0.5) * edge);
  const rows = [0, 1, 2, 3].map((row) =>
    [0, 1, 2, 3].map((column) => (png.data[4 * (at(row) * png.width + at(column))] ? "." : "#")).join(""),
  );
  return rows.join(" ");
}

describe("savePng", () => {
  it("draws the step that was asked for, the last by default", () => {
    savePng(history, file, 1);
    expect(cellsOf(file)).toBe("#### #... .... ....");
    savePng(history, file, 2);
    expect(cellsOf(file)).toBe("#### ###. .... ....");
    savePng(history, file);
    expect(cellsOf(file)).toBe(".... .##. .... ....");
  });

  it("refuses a step that is not in the run, and a folder that does not exist, and writes nothing", () => {
    rmSync(file, { force: true });
    expect(() => savePng(history, file, 4)).toThrow(RangeError);
    expect(() => savePng(history, join(folder, "no", "such", "a.png"))).toThrow(/its folder does not exist/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("saveGif", () => {
  const pictures = (path: string) => readFileSync(path).toString("latin1").split("\x21\xf9\x04").length - 1;

  it("has a picture for each step and the start, or as many as asked for", () => {
    saveGif(history, file);
    expect(pictures(file)).toBe(4);
    saveGif(history, file, { from: 1, every: 2 });
    expect(pictures(file)).toBe(2);
  });

  it("keeps a long run to about 300 pictures, and a growable heap to one size", () => {
    const heap = new FreeList(0, 4, { growable: true });
    const long = History.of(heap);
    for (let step = 0; step < 1000; step++) heap.malloc(4 + (step % 7));
    saveGif(long, file, { width: 200 });
    expect(pictures(file)).toBeGreaterThan(200);
    expect(pictures(file)).toBeLessThanOrEqual(301);
    expect(readFileSync(file).readUInt16LE(6)).toBeLessThanOrEqual(200);
  });

  it("refuses options that make no sense", () => {
    expect(() => saveGif(history, file, { from: 4 })).toThrow(
      /options.from must be an integer from 0 to 3, not 4/,
    );
    expect(() => saveGif(history, file, { every: 0 })).toThrow(/1 or more, not 0/);
    expect(() => saveGif(history, file, { delay: 1 })).toThrow(RangeError);
  });
});
