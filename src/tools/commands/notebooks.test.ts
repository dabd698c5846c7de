import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { notebookFolder, projectRoot } from "../paths";
import { findNotebooks } from "./find-notebooks";

interface Cell {
  readonly cell_type: string;
  readonly metadata: {
    readonly slideshow?: { readonly slide_type: string };
    readonly jupyter?: { readonly outputs_hidden?: boolean };
  };
  readonly source: readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly { readonly text?: readonly string[]; readonly data?: Data }[];
}

interface Data {
  readonly "text/html"?: readonly string[];
}

const notebooks = findNotebooks().map((path) => [basename(path), readFileSync(path, "utf8")] as const);
const codeOf = (text: string) =>
  (JSON.parse(text).cells as Cell[]).filter((cell) => cell.cell_type === "code");

it("findNotebooks() finds the walkthroughs in their order", () => {
  const names = notebooks.map(([name]) => name);
  expect(names[0]).toBe("01-first-fit-free-list.ipynb");
  expect(names).toContain("05-real-programs.ipynb");
  expect(names).toEqual([...names].sort());
});

describe.each(notebooks)("%s as committed", (_, text) => {
  it("was executed from top to bottom", () => {
    const counts = codeOf(text).map((cell) => cell.execution_count);
    expect(counts).toEqual(counts.map((_, index) => index + 1));
  });

  it("says nothing of the machine it was executed on", () => {
    expect(text).not.toContain(projectRoot);
    expect(text).not.toMatch(/\/home\/|\/root\/|\/tmp\/|\/Users\/|[A-Z]:\\\\/);
  });

  it("is below 1 MB", () => {
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
  });

  it("says of every cell how it is shown as a slide, and begins with one", () => {
    const { cells } = JSON.parse(text) as { cells: Cell[] };
    const types = cells.map((cell) => cell.metadata.slideshow?.slide_type);
    expect(types[0]).toBe("slide");
    for (const [i, type] of types.entries())
      expect(["slide", "subslide", "fragment", "skip", "notes", "-"], `cell ${i}`).toContain(type);
  });

  // What answers a question is folded away until the reader runs its cell. JupyterLab shows the first line all the same.
  it("does not give away what it folds away: neither by an assertion, nor by the output's first line", () => {
    const folded = codeOf(text).filter((cell) => cell.metadata.jupyter?.outputs_hidden);
    for (const { source, outputs = [] } of folded) {
      const code = source.join("");
      expect(code).not.toMatch(/\bassert\b.*(?<!\w)[0-9]|\bis\(/);
      const [first] = outputs;
      const lines = first?.data?.["text/html"] ?? outputs.flatMap((output) => output.text ?? []);
      expect(lines.length, `lines of the output of\n${code}`).toBeGreaterThan(1);
      if (first?.data) expect(lines[0]).toBe(" \n");
    }
  });

  it("links to files that there are", () => {
    const { cells } = JSON.parse(text) as { cells: Cell[] };
    const markdown = cells.filter((cell) => cell.cell_type === "markdown");
    const links = markdown.flatMap((cell) => [
      ...cell.source.join("").matchAll(/\]\((?!https?:|#)([^)#]+)|href="(?!https?:|#)([^"#]+)"/g),
    ]);
    for (const [, a, b] of links) expect(existsSync(join(notebookFolder, (a ?? b)!)), a ?? b).toBe(true);
  });

  it("has no cell of more than 25 lines", () => {
    const lines = codeOf(text).map((cell) => cell.source.length);
    expect(Math.max(...lines)).toBeLessThanOrEqual(25);
  });
});

it.each(notebooks.filter(([name]) => /^\d\d-/.test(name)))(
  "%s has its code in small pieces: half of the cells have at most 4 lines",
  (_, text) => {
    const lines = codeOf(text).map((cell) => cell.source.length);
    lines.sort((a, b) => a - b);
    expect(lines[Math.floor((lines.length - 1) / 2)]).toBeLessThanOrEqual(4);
  },
);
