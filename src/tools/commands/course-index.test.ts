import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { EXERCISE_NAMES } from "../../exercise/exercises";
import { notebookFolder } from "../paths";
import { courseEntry, MADE_PARTS, withPart } from "./course-index";

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

describe("withPart()", () => {
  const part = { path: "a/README.md", begin: "<!-- a -->", end: "<!-- b -->", make: () => "new" };

  it("puts what is made between its comments, and leaves the rest", () => {
    expect(withPart("1\n<!-- a -->\nold\nolder\n<!-- b -->\n2", part)).toBe(
      "1\n<!-- a -->\nnew\n<!-- b -->\n2",
    );
  });

  it("says so of a text that has no place for it", () => {
    expect(() => withPart("# freelist-lab", part)).toThrow("README.md has no place for what is made");
  });
});

it.each(MADE_PARTS.map((part) => [basename(part.path), part] as const))(
  "%s has what is made from the notebooks and the exercises as it should be: `npm run notebooks` writes it",
  (_, part) => {
    const text = readFileSync(part.path, "utf8");
    expect(text).toBe(withPart(text, part));
  },
);

it("the teacher's page speaks of kinds of exercises that there are", () => {
  const text = readFileSync(join(notebookFolder, "TEACHING.md"), "utf8");
  const kinds = [...text.matchAll(/`([a-z-]+)\/[123]`/g)].map(([, kind]) => kind);
  expect(kinds.length).toBeGreaterThan(10);
  for (const kind of kinds) expect(EXERCISE_NAMES).toContain(kind);
});
