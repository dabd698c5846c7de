import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { OriginalHeap } from "../heap/original-heap";
import { executeNotebook } from "../tools/commands/notebooks";
import { projectRoot } from "../tools/paths";
import { prepareJupyter } from "../tools/setup/jupyter";
import { ensureJupyterLab } from "../tools/setup/python";
import { type NotebookPage, openNotebook, sharedBrowser, sharedLab, startLab } from "../tools/testing/index";
import { originalRun, playAsPublished } from "../workload/original-run";
import { ShownPlayer } from "./testing/shown-player";

const name = "01-first-fit-free-list.ipynb";
const committed = join(projectRoot, "notebooks", name);
const cellIds: string[] = JSON.parse(readFileSync(committed, "utf8")).cells.map(
  (cell: { id: string }) => cell.id,
);
const cell = (id: string) => cellIds.indexOf(id);

/** The matrices of the published run as digits, proved by the hashes of the original's frames. Entry 0: before the first step. */
const frames: string[] = (() => {
  const { frameSha256 } = JSON.parse(
    readFileSync(join(projectRoot, "src/workload/fixtures/original-run.json"), "utf8"),
  ) as { frameSha256: string[] };
  const heap = new OriginalHeap(8192, 4);
  const digits = () => heap.asMatrix().flat().join("");
  const all = [digits()];
  for (const _ of playAsPublished(originalRun(), heap)) all.push(digits());
  const hashes = all.slice(1).map((frame) => createHash("sha256").update(frame).digest("hex"));
  expect(hashes).toEqual(frameSha256);
  return all;
})();

const lab = sharedLab();
const browser = sharedBrowser();
let notebook: NotebookPage;

beforeAll(async () => {
  const context = { viewport: { width: 1280, height: 1200 } };
  notebook = await openNotebook(browser(), lab(), lab().path(name), { context });
});

const player = async (id: string) => await new ShownPlayer(await notebook.output(cell(id))).ready();

test("Run All succeeds in every cell, and the live picture changes while the loop runs", async () => {
  await notebook.page.evaluate(watchLivePicture);
  const started = Date.now();
  await notebook.clickRunAll();
  await notebook.page.locator(".freelist-lab-live img").first().waitFor({ timeout: 60_000 });
  console.log(`From Run All to the first live picture: ${Date.now() - started} ms`);
  await notebook.screenshot("notebook-01-during");
  await notebook.allSucceeded();
  const seen = await notebook.page.evaluate(() => window.freelistLabSeen ?? []);
  // Taking the picture above holds the page up once.
  const gaps = seen.slice(1).map(({ at }, index) => at - seen[index]!.at);
  const usual = gaps.filter((gap) => gap < 150);
  const rate = (1000 * usual.length) / usual.reduce((sum, gap) => sum + gap, 0);
  console.log(`The live view showed ${seen.length} of 100 steps, ${rate.toFixed(1)} a second`);
  expect(new Set(seen.map(({ picture }) => picture)).size).toBeGreaterThanOrEqual(5);
  expect(seen.length).toBeGreaterThan(30);
  expect(
    seen.every(({ whole }) => whole),
    "no picture was ever empty",
  ).toBe(true);
  expect(notebook.consoleErrors).toEqual([]);
});

test("the loop's output is one picture, complete in itself, and that of the last step", async () => {
  const { outputs } = (await notebook.cells())[cell("loop")]!;
  expect(outputs).toHaveLength(1);
  expect(JSON.stringify(outputs)).toContain("step 100: free(2404)");
});

/** The strip of a heap, as it is seen: each block's size and colour, and the addresses below. */
async function strip(area: Locator) {
  const [sizes, addresses] = await area.locator("tr").all();
  const colours = await sizes!
    .locator("td")
    .evaluateAll((all) => all.map((td) => getComputedStyle(td).backgroundColor));
  const blocks = (await sizes!.locator("td").allTextContents()).map((size, i) => ({
    size,
    colour: colours[i],
  }));
  return { blocks: blocks.slice(0, -1), addresses: await addresses!.locator("td").allTextContents() };
}
const [black, white] = ["rgb(0, 0, 0)", "rgb(255, 255, 255)"];
const question = {
  blocks: [
    { size: "16", colour: white },
    { size: "24", colour: black },
    { size: "20", colour: black },
    { size: "4", colour: white },
  ],
  addresses: ["0", "16", "40", "60", "64"],
};

test("the notebook begins with a picture of its question, and the heap made by hand comes to it", async () => {
  expect(await strip(await notebook.output(cell("imports")))).toEqual(question);
  expect(await strip(await notebook.output(cell("third")))).toEqual(question);
});

test("the seven operations open at the request that is denied, with the free list below", async () => {
  const shown = await player("replay");
  expect(await shown.step()).toBe(5);
  const area = await notebook.output(cell("replay"));
  await expect.poll(() => area.textContent()).toContain("the free memory is fragmented");
  expect(await area.locator("details[open]").textContent()).toContain(
    "2 holes, in the order in which they are searched",
  );
});

test("the animation shows the published frames 1, 50 and 100, pixel for pixel", async () => {
  const shown = await player("animation");
  for (const step of [1, 50, 100]) {
    await shown.go(step);
    expect(await shown.squares(46), `frame ${step}`).toBe(frames[step]);
  }
});

test("the animation plays to frame 100 and steps back, by mouse and by keys", async () => {
  const shown = await player("animation");
  await shown.go(90);
  await shown.button("Play").click();
  await shown.shows(100, 30_000);
  expect(await shown.squares(46)).toBe(frames[100]);
  await shown.button("Step back").click();
  await shown.shows(99);
  await shown.slider.press("Home");
  await shown.shows(0);
  for (let step = 1; step <= 14; step++) await shown.slider.press("ArrowRight");
  await shown.shows(14);
  expect(await shown.squares(46)).toBe(frames[14]);
  await shown.slider.press("ArrowLeft");
  await shown.shows(13);
  expect(await shown.squares(46)).toBe(frames[13]);
});

test("the published and the intended run are shown side by side, each with its own picture", async () => {
  const shown = await player("side");
  await shown.go(100);
  expect(await shown.squares(46, 0)).toBe(frames[100]);
  expect(await shown.squares(46, 1)).not.toBe(frames[100]);
  expect(notebook.consoleErrors).toEqual([]);
});

test("a cell that is run a second time shows its player again, beside those that were there", async () => {
  const milliseconds = await notebook.page.evaluate(async (index) => {
    const content = window.jupyterapp.shell.currentWidget!.content;
    content.activeCellIndex = index;
    const image = `[data-windowed-list-index="${index}"] .heatmaplayer image`;
    const before = document.querySelector(image);
    await window.jupyterapp.commands.execute("notebook:run-cell");
    const ended = performance.now();
    for (let shown = before; !shown || shown === before; shown = document.querySelector(image)) {
      await new Promise(requestAnimationFrame);
    }
    return performance.now() - ended;
  }, cell("animation"));
  console.log(`From the cell's end to the first frame, Plotly being loaded: ${Math.round(milliseconds)} ms`);
  const again = await player("animation");
  await again.go(50);
  expect(await again.squares(46)).toBe(frames[50]);
  const plotlys = await notebook.page.locator("script[src*='plotly']").count();
  expect(plotlys, "Plotly is loaded once a page").toBe(1);
  expect(notebook.consoleErrors).toEqual([]);
});

test("reopened without a kernel, the players are there", async () => {
  await notebook.reopen();
  const shown = await player("animation");
  await shown.go(100);
  expect(await shown.squares(46)).toBe(frames[100]);
  expect(notebook.consoleErrors).toEqual([]);
});

test("untrusted, there are pictures of the run and no player", async () => {
  const elsewhere = await startLab();
  try {
    const path = elsewhere.add(join(lab().folder, name));
    const untrusted = await openNotebook(browser(), elsewhere, path, { kernel: false });
    expect(await untrusted.isTrusted()).toBe(false);
    const area = await untrusted.output(cell("animation"));
    await expect.poll(() => area.locator("img").count()).toBe(6);
    expect(
      await area
        .locator("img")
        .evaluateAll((all) => all.every((img) => (img as HTMLImageElement).naturalWidth > 100)),
    ).toBe(true);
    expect(await area.locator(".fl-player").count()).toBe(0);
    await untrusted.screenshot("notebook-01-untrusted");
    expect(await strip(await untrusted.output(cell("imports")))).toEqual(question);
    expect(await (await untrusted.output(cell("loop"))).locator("img").count()).toBe(1);
    expect(untrusted.consoleErrors).toEqual([]);
    await untrusted.close();
  } finally {
    await elsewhere.stop();
  }
});

test("with other parameters every cell still succeeds, and the published picture is not asked for", async () => {
  const changed = readFileSync(committed, "utf8")
    .replace(/seed: 0, /, "seed: 7, ")
    .replace(/steps: 100, /, "steps: 20, ");
  expect(changed).not.toBe(readFileSync(committed, "utf8"));
  const path = join(lab().folder, "changed.ipynb");
  writeFileSync(path, changed);
  const env = prepareJupyter(join(lab().folder, "jupyter"));
  const { problem } = executeNotebook(path, path, await ensureJupyterLab(), env);
  expect(problem).toBe("");
  const published = JSON.parse(readFileSync(path, "utf8")).cells[cell("published")];
  expect(JSON.stringify(published.outputs)).toContain(
    "The published picture belongs to the original's parameters",
  );
});

declare global {
  interface Window {
    /** The live pictures that were seen on the screen, in their order. */
    freelistLabSeen?: { at: number; text: string; picture: string; whole: boolean }[];
  }
}

/** Runs in the page: notes, frame by frame of the screen, which live picture is shown and that it is never empty. */
function watchLivePicture(): void {
  const seen: NonNullable<Window["freelistLabSeen"]> = [];
  window.freelistLabSeen = seen;
  const look = () => {
    const live = document.querySelector(".freelist-lab-live");
    const image = live?.querySelector("img");
    const text = live?.textContent ?? "";
    if (image && seen.at(-1)?.text !== text) {
      const whole = image.complete && image.naturalWidth > 0;
      seen.push({ at: performance.now(), text, picture: image.src, whole });
    }
    requestAnimationFrame(look);
  };
  look();
}
