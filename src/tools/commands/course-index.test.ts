import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { courseEntry, courseIndex, courseNotebooks, readmePath, withIndex } from "./course-index";

const folder = mkdtempSync(join(tmpdir(), "course-index-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = [
  "# Holes",
  "",
  "**What is\na hole?**",
  "",
  "Words.",
  "",
  "*5 minutes. Builds on [x](x.ipynb). Afterwards you can see one.*",
];

function notebook(lines: readonly string[]): string {
  const path = join(folder, "07-holes.ipynb");
  writeFileSync(path, JSON.stringify({ cells: [{ cell_type: "markdown", source: [lines.join("\n")] }] }));
  return path;
}

describe("courseEntry()", () => {
  it("reads heading, question, minutes and purpose of the first cell", () => {
    const entry = {
      name: "07-holes.ipynb",
      title: "Holes",
      question: "What is a hole?",
      minutes: 5,
      can: "see one",
    };
    expect(courseEntry(notebook(good))).toEqual(entry);
    const first = good.map((line) => line.replace("Builds on [x](x.ipynb). ", ""));
    expect(courseEntry(notebook(first))).toEqual(entry);
  });

  it.each([
    [0, "heading"],
    [2, "question in bold"],
    [6, "line of minutes and purpose"],
  ])("says of a cell without line %i that it has no %s", (line, what) => {
    const path = notebook(good.filter((_, i) => i !== line));
    expect(() => courseEntry(path)).toThrow(`07-holes.ipynb: the first cell has no ${what}`);
  });
});

describe("withIndex()", () => {
  it("says so of a README that has no place for an index", () => {
    expect(() => withIndex("# freelist-lab", "")).toThrow("README.md has no place for the index");
  });
});

it("the README's index of the course is that of the notebooks: `npm run notebooks` writes it", () => {
  const readme = readFileSync(readmePath, "utf8");
  expect(readme).toBe(withIndex(readme, courseIndex(courseNotebooks())));
});
