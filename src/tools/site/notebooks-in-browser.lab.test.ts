import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { findNotebooks } from "../commands/find-notebooks";
import { type CellOutput, openNotebook, sharedBrowser, sharedSite, shownBy } from "../testing";

// Every notebook in JupyterLite, by Run All: the same text and the same pictures as tslab gave, which are committed, and no error on
// the console.

const site = sharedSite();
const browser = sharedBrowser();

test.each(findNotebooks().map((file) => basename(file)))("%s", async (name) => {
  const notebook = await openNotebook(browser(), site(), site().path(name));
  const cells = await notebook.runAll();
  const file = findNotebooks().find((each) => basename(each) === name)!;
  const committed: { cell_type: string; outputs?: CellOutput[] }[] = JSON.parse(
    readFileSync(file, "utf8"),
  ).cells;
  const expected = committed.map(({ outputs = [] }, index) => ({ index, outputs: shownBy(outputs) }));
  expect(cells.map(({ index, outputs }) => ({ index, outputs: shownBy(outputs) }))).toEqual(expected);
  await notebook.screenshot(`lite-${name}`);
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});
