import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeWhole } from "./write-whole";

describe("writeWhole", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "freelist lab "));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("writes text and bytes, replaces what was there, and leaves nothing beside it", () => {
    writeWhole(join(folder, "a.txt"), "one");
    writeWhole(join(folder, "a.txt"), Uint8Array.of(116, 119, 111));
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("two");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("says that the folder does not exist", () => {
    expect(() => writeWhole(join(folder, "no", "a.txt"), "x")).toThrow(
      /cannot be written: its folder does not exist/,
    );
  });

  it("leaves a folder of that name as it was, and no half-written file", () => {
    mkdirSync(join(folder, "a"));
    writeFileSync(join(folder, "a", "kept"), "");
    expect(() => writeWhole(join(folder, "a"), "x")).toThrow(/it is a folder; name a file in it/);
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("says that a part of the path is a file", () => {
    writeFileSync(join(folder, "a"), "");
    expect(() => writeWhole(join(folder, "a", "b"), "x")).toThrow(/a part of the path is a file/);
  });

  it("refuses an empty path and one that is no text", () => {
    expect(() => writeWhole("", "x")).toThrow(TypeError);
    expect(() => writeWhole(undefined as unknown as string, "x")).toThrow(/not undefined/);
  });
});
