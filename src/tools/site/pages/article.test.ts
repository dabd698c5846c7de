import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { articleText } from "./article";

const folder = mkdtempSync(join(tmpdir(), "article-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The page of a notebook with one cell of code, whose metadata are these. */
function pageOf(jupyter: object): string {
  const title = "# Holes\n\n**What is a hole?**\n\n*5 minutes. Afterwards you can see one.*";
  const code = { cell_type: "code", source: ["1 + 1"], metadata: { jupyter } };
  const cells = [
    { cell_type: "markdown", source: [title], metadata: {} },
    { ...code, outputs: [{ output_type: "stream", name: "stdout", text: "2\n" }] },
  ];
  const path = join(folder, "07-holes.ipynb");
  writeFileSync(path, JSON.stringify({ cells }));
  const text = articleText(path, [path]);
  return text.slice(text.indexOf('<div class="cell">'));
}

it("articleText() folds away what the notebook does, and that alone", () => {
  expect(pageOf({})).not.toContain("<details>");
  const answer =
    /<\/pre>\s*<details><summary>The answer, folded away<\/summary><pre class="text stdout"[^>]*>2</;
  expect(pageOf({ outputs_hidden: true })).toMatch(answer);
  const code = /^<div class="cell"><details><summary>The code, folded away<\/summary><pre class="code"/;
  expect(pageOf({ source_hidden: true })).toMatch(code);
});
