import { expect, test } from "vitest";
import { FileTree } from "./file-tree";

test("has the folders above a file, and names those in a folder", () => {
  const files = new FileTree();
  files.add("/a/b/c.ts", "c");
  files.add("/a/d.ts", "d");
  expect([files.hasFolder("/"), files.hasFolder("/a/b/"), files.hasFolder("/a/b/c.ts")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(files.foldersIn("/a")).toEqual(["b"]);
  expect(files.foldersIn("/none")).toEqual([]);
  expect(files.read("/a/none")).toBeUndefined();
});

test("fetches a text once, when it is read", () => {
  const files = new FileTree();
  let fetched = 0;
  files.add("/lazy.ts", () => `fetch ${++fetched}`);
  expect(files.hasFile("/lazy.ts")).toBe(true);
  expect(fetched).toBe(0);
  expect([files.read("/lazy.ts"), files.read("/lazy.ts")]).toEqual(["fetch 1", "fetch 1"]);
});
