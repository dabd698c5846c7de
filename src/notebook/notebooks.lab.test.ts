import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../tools/paths";
import { type NotebookPage, openNotebook, sharedBrowser, sharedLab } from "../tools/testing/index";
import { ShownPlayer } from "./testing/shown-player";

const lab = sharedLab();
const browser = sharedBrowser();

/** A committed notebook, opened and run as its reader does it; `output` finds a cell's by its id. */
async function runAll(name: string) {
  const { cells } = JSON.parse(readFileSync(join(projectRoot, "notebooks", name), "utf8"));
  const ids: string[] = cells.map((cell: { id: string }) => cell.id);
  const notebook = await openNotebook(browser(), lab(), lab().path(name));
  await notebook.runAll();
  return { notebook, output: (id: string) => notebook.output(ids.indexOf(id)) };
}

async function end(notebook: NotebookPage) {
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
}

test("notebook 02 runs in JupyterLab, folds its own versions, and plays the shortest counter-example", async () => {
  const { notebook, output } = await runAll("02-build-an-allocator.ipynb");
  const area = await output("behind-run");
  expect(await (await new ShownPlayer(area).ready()).step()).toBe(4);
  expect(await area.locator("details[data-panel='why']").textContent()).toContain("free(4)");
  const folded = await notebook.page.locator(".jp-CodeCell:has(.jp-InputPlaceholder)").count();
  expect(folded, "cells whose code is folded").toBeGreaterThan(0);
  await notebook.screenshot("notebook-02-counter-example");
  await end(notebook);
});

test("notebook 03 runs in JupyterLab, draws its chart with Plotly and opens its player at the first denial", async () => {
  const { notebook, output } = await runAll("03-fragmentation.ipynb");
  const chart = await output("saw");
  await chart.locator(".js-plotly-plot").waitFor();
  expect(await chart.locator(".js-plotly-plot .scatterlayer .trace").count()).toBe(2);
  const area = await output("run-show");
  expect(await (await new ShownPlayer(area).ready()).step()).toBe(64);
  expect(await area.locator("details[open]").textContent()).toContain("External fragmentation");
  await notebook.screenshot("notebook-03-metrics");
  await end(notebook);
});

test("notebook 03 without trust shows a picture of its chart", async () => {
  const path = lab().add(join(projectRoot, "notebooks", "03-fragmentation.ipynb"));
  const untrusted = await openNotebook(browser(), lab(), path, { kernel: false });
  expect(await untrusted.isTrusted()).toBe(false);
  const { cells } = JSON.parse(
    readFileSync(join(projectRoot, "notebooks", "03-fragmentation.ipynb"), "utf8"),
  );
  const index = cells.findIndex((cell: { id: string }) => cell.id === "saw");
  const image = (await untrusted.output(index)).locator("img");
  await expect
    .poll(() => image.evaluate((node) => (node as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(600);
  expect(await image.getAttribute("alt")).toContain("share of the block that is lost");
  await end(untrusted);
});

test("notebook 05 runs in JupyterLab and opens its player at the spike, with the whole run below", async () => {
  const { notebook, output } = await runAll("05-real-programs.ipynb");
  const area = await output("history");
  expect(await (await new ShownPlayer(area).ready()).step()).toBe(2145);
  await expect.poll(() => area.textContent()).toContain("so the heap grew by 65,552 bytes");
  expect(await area.locator("details[open]").textContent()).toContain("Time from left to right");
  await notebook.screenshot("notebook-05-spike");
  await end(notebook);
});

test("notebook 04 runs in JupyterLab and shows four fits in one row, twice", async () => {
  const { notebook, output } = await runAll("04-policies.ipynb");
  for (const [id, step] of [
    ["four", 7322],
    ["own", 200],
  ] as const) {
    const area = await output(id);
    expect(await (await new ShownPlayer(area).ready()).step()).toBe(step);
    for (const fit of ["first fit", "next fit", "best fit", "worst fit"]) {
      await expect.poll(() => area.textContent()).toContain(fit);
    }
    const pictures = area.locator(".heatmaplayer image");
    await expect.poll(() => pictures.count()).toBe(4);
    const tops = await pictures.evaluateAll((all) =>
      all.map((each) => Math.round(each.getBoundingClientRect().top)),
    );
    expect(new Set(tops).size, `tops of the pictures: ${tops}`).toBe(1);
    await notebook.screenshot(`notebook-04-${id}`);
  }
  await end(notebook);
});
