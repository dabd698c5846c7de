import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../paths";
import { openNotebook, sharedBrowser, sharedLab, startLab } from "./index";

const fixtures = join(__dirname, "../commands/fixtures");
const lab = sharedLab();
const browser = sharedBrowser();

test("Run All Cells succeeds in every cell, its scripts run, and the console is free of errors", async () => {
  const notebook = await openNotebook(browser(), lab(), lab().add(join(fixtures, "succeeds.ipynb")));
  const cells = await notebook.runAll();
  expect(cells.map((cell) => cell.answer)).toEqual([null, "ok", "ok", "ok"]);
  expect(cells[2]?.outputs[0]?.text).toBe("0\n");
  expect(await (await notebook.output(3)).locator(".status").textContent()).toBe("alive");
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});

test("Run All Cells of a notebook with a failing cell is reported as a failure", async () => {
  const notebook = await openNotebook(browser(), lab(), lab().add(join(fixtures, "fails.ipynb")));
  await expect(notebook.runAll()).rejects.toThrow(/Cell 1 of .*fails\.ipynb failed[\s\S]*on purpose/);
  await notebook.close();
});

test("a saved notebook is reopened without a kernel; trust decides whether its scripts run", async () => {
  const run = await openNotebook(browser(), lab(), lab().add(join(fixtures, "succeeds.ipynb")));
  await run.runAll();
  await run.reopen();
  expect(await run.isTrusted()).toBe(true);
  expect(await (await run.output(3)).locator(".status").textContent()).toBe("alive");
  await run.close();

  const elsewhere = await startLab();
  try {
    const copy = elsewhere.add(join(lab().folder, "succeeds.ipynb"));
    const notebook = await openNotebook(browser(), elsewhere, copy, { kernel: false, theme: "dark" });
    expect(await notebook.page.evaluate(() => document.body.dataset.jpThemeLight)).toBe("false");
    expect(await notebook.isTrusted()).toBe(false);
    expect(await (await notebook.output(3)).locator(".status").textContent()).toBe("static");
    await notebook.trust();
    expect(await notebook.isTrusted()).toBe(true);
    expect(notebook.consoleErrors).toEqual([]);
    await notebook.close();
  } finally {
    await elsewhere.stop();
  }
});

test("a notebook runs where the project lies below the root of the server", async () => {
  const above = await startLab({ root: dirname(projectRoot) });
  try {
    const path = above.add(join(fixtures, "succeeds.ipynb"));
    expect(path.startsWith(`${basename(projectRoot)}/lab-test-`)).toBe(true);
    const notebook = await openNotebook(browser(), above, path);
    await notebook.runAll();
    expect(notebook.consoleErrors).toEqual([]);
    await notebook.close();
  } finally {
    await above.stop();
  }
});
