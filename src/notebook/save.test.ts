import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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
    savePng(history, file, { step: 1, colour: "original" });
    expect(cellsOf(file)).toBe("#### #... .... ....");
    savePng(history, file, { step: 2, colour: "original" });
    expect(cellsOf(file)).toBe("#### ###. .... ....");
    savePng(history, file, { colour: "original" });
    expect(cellsOf(file)).toBe(".... .##. .... ....");
  });

  it("shows blocks in colours unless told otherwise, and takes a step alone", () => {
    savePng(history, file, 2);
    const png = PNG.sync.read(readFileSync(file));
    const colours = new Set<string>();
    for (let at = 0; at < png.data.length; at += 4) colours.add(png.data.subarray(at, at + 3).join());
    // The frame, the lines between cells, free memory, and two blocks.
    expect(colours.size).toBe(5);
  });

  it("says where it saved, and draws several runs with their names and a caption", () => {
    savePng(history, file, { width: 200 });
    const alone = PNG.sync.read(readFileSync(file));
    const runs = { one: history, two: history };
    expect(savePng(runs, file, { width: 200, caption: (step) => `step ${step}` })).toBe(resolve(file));
    const both = PNG.sync.read(readFileSync(file));
    expect(both.width).toBe(2 * alone.width + 8);
    expect(both.height).toBe(alone.height + 10 + 8 + 10);
  });

  it("refuses options that make no sense, by name", () => {
    expect(() => savePng(history, file, { step: 1.5 })).toThrow(
      /options.step must be an integer from 0 to 3, not 1.5/,
    );
    expect(() => savePng(history, file, { colour: "red" as "age" })).toThrow(
      /options.colour must be one of "original"/,
    );
    expect(() => savePng(history, file, { caption: 7 as unknown as string })).toThrow(
      /options.caption must be a text/,
    );
    expect(() => savePng(history, file, { titel: "x" } as object)).toThrow(
      /no option "titel"; the options are step/,
    );
    expect(() => savePng({ mine: 3 } as never, file)).toThrow(/"mine" is no History/);
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

  it("says where it saved, and plays several runs with captions, all pictures of one size", () => {
    const runs = { one: history, two: history };
    expect(saveGif(runs, file, { caption: (step) => "word ".repeat(10 * step), width: 100 })).toBe(
      resolve(file),
    );
    const gif = readFileSync(file);
    // 2 × 98 for the squares (96 and the frame), 8 between them.
    expect(gif.readUInt16LE(6)).toBe(204);
    expect(pictures(file)).toBe(4);
  });

  it("refuses options that make no sense", () => {
    expect(() => saveGif(history, file, { from: 4 })).toThrow(
      /options.from must be an integer from 0 to 3, not 4/,
    );
    expect(() => saveGif(history, file, { every: 0 })).toThrow(
      /options.every must be an integer from 1 to 2\^53 - 1, not 0/,
    );
    expect(() => saveGif(history, file, { delay: 1 })).toThrow(RangeError);
    for (const save of [saveGif, savePng]) {
      expect(() => save(history, file, { width: "wide" as unknown as number })).toThrow(TypeError);
      expect(() => save(history, file, { colours: "age" } as object)).toThrow('There is no option "colours"');
      expect(() => save(history, file, null as unknown as object)).toThrow(
        /^Options must be an object, not null/,
      );
    }
  });
});
