import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../tools/paths";
import { openNotebook, sharedBrowser, sharedLab } from "../../tools/testing/index";

const lab = sharedLab();
const browser = sharedBrowser();

/** The place of a committed notebook's cell. */
function indexOf(name: string, id: string): number {
  const { cells } = JSON.parse(readFileSync(join(projectRoot, "notebooks", name), "utf8"));
  return cells.findIndex((cell: { id: string }) => cell.id === id);
}

test("notebook 06 shows its pictures where it is not trusted yet", async () => {
  const name = "06-classic-results.ipynb";
  const notebook = await openNotebook(browser(), lab(), lab().path(name), { kernel: false });
  const output = await notebook.output(indexOf(name, "next"));
  const pictures = output.locator("img");
  await expect.poll(() => pictures.count()).toBe(2);
  const widths = await pictures.evaluateAll((all) =>
    all.map((image) => (image as HTMLImageElement).naturalWidth),
  );
  expect(widths).toEqual([400, 400]);
  await expect.poll(() => output.textContent()).toContain("Next fit: reproduces");
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});

test("notebook 07 runs in JupyterLab and draws the index", async () => {
  const name = "07-how-it-is-fast.ipynb";
  const notebook = await openNotebook(browser(), lab(), lab().path(name));
  await notebook.runAll();
  const picture = (await notebook.output(indexOf(name, "index"))).locator("img");
  expect(await picture.getAttribute("alt")).toContain("first fit for 700 bytes\nlevel 5, 2 entries");
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(820);
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});
