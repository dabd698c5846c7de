import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { findNotebooks } from "../commands/find-notebooks";
import { type CellOutput, openNotebook, sharedBrowser, sharedSite } from "../testing";

// Every notebook in JupyterLite, by Run All: the same text as tslab gave, which is committed, and no error on the console.

const site = sharedSite();
const browser = sharedBrowser();

/** The text of outputs, with times and what is drawn anew each time aside; of a display, its kinds. */
function textOf(outputs: readonly CellOutput[]): string[] {
  const texts: string[] = [];
  for (const { output_type, name, text, data } of outputs) {
    if (output_type !== "stream") texts.push(Object.keys(data ?? {}).join());
    else if (texts.at(-1)?.startsWith(`${name}: `))
      texts.push(`${texts.pop()}${[text ?? []].flat().join("")}`);
    else texts.push(`${name}: ${[text ?? []].flat().join("")}`);
  }
  return texts.map((each) =>
    withoutTimedColumns(each).replace(/\d[\d,.]*\s?(ms|s|µs|seconds|milliseconds)\b/g, "TIME"),
  );
}

/** Tables without what stands in their columns of milliseconds, whose heads say so. */
function withoutTimedColumns(text: string): string {
  let timed: number[] = [];
  const lines = text.split("\n").map((line) => {
    const cells = line.split("│");
    if (/\(index\)/.test(line)) timed = cells.flatMap((head, i) => (/\bms\b/.test(head) ? [i] : []));
    else if (cells.length > 1) for (const i of timed) cells[i] = "TIME";
    return cells.join("│");
  });
  // The columns are as wide as what stood in them.
  return timed.length > 0 ? lines.join("\n").replace(/[─ ]+/g, " ") : text;
}

test.each(findNotebooks().map((file) => basename(file)))("%s", async (name) => {
  const notebook = await openNotebook(browser(), site(), site().path(name));
  const cells = await notebook.runAll();
  const file = findNotebooks().find((each) => basename(each) === name)!;
  const committed: { cell_type: string; outputs?: CellOutput[] }[] = JSON.parse(
    readFileSync(file, "utf8"),
  ).cells;
  const expected = committed.map(({ outputs = [] }, index) => ({ index, outputs: textOf(outputs) }));
  expect(cells.map(({ index, outputs }) => ({ index, outputs: textOf(outputs) }))).toEqual(expected);
  await notebook.screenshot(`lite-${name}`);
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});
