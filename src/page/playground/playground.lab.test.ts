import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { savePlayground } from "../../notebook/playground";
import { openFile } from "../../notebook/testing/pages";
import { writeNotebook } from "../../notebook/testing/write-notebook";
import { type Lab, openNotebook, startBrowser, startLab } from "../../tools/testing/index";

const scratch = mkdtempSync(join(tmpdir(), "freelist-lab-playground-"));
let browser: Browser;
let lab: Lab | undefined;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
  rmSync(scratch, { recursive: true, force: true });
});

test("a saved page: a block is allocated, and the player shows it at once", async () => {
  const { page, errors, asked } = await openFile(browser, savePlayground(join(scratch, "playground.html")));
  await page.locator(".fl-player .heatmaplayer image").waitFor({ timeout: 20_000 });
  for (const [bytes, step] of [
    ["100", 1],
    ["24", 2],
  ] as const) {
    await page.getByLabel("Bytes").fill(bytes);
    await page.getByRole("button", { name: "Allocate" }).click();
    await page.waitForFunction(
      (at) => document.querySelector<HTMLElement>(".fl-player")?.dataset.shown === String(at),
      step,
    );
  }
  expect(await page.locator(".fl-says").textContent()).toMatch(/^malloc\(24\)/);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/saved.png` });
  expect(errors).toEqual([]);
  expect(asked).toEqual([]);
});

test("a cell: the same", async () => {
  lab = await startLab();
  writeNotebook(join(lab.folder, "play.ipynb"), [
    `import { playground } from "freelist-lab";`,
    `playground({ theme: "auto" })`,
  ]);
  const notebook = await openNotebook(browser, lab, lab.path("play.ipynb"));
  await notebook.runAll();
  const area = await notebook.output(1);
  await area.locator(".fl-player .heatmaplayer image").waitFor({ timeout: 20_000 });
  await area.getByRole("button", { name: "Allocate" }).click();
  await expect.poll(() => area.locator(".fl-player").getAttribute("data-shown")).toBe("1");
  if (process.env.SHOTS) await notebook.page.screenshot({ path: `${process.env.SHOTS}/cell.png` });
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});
