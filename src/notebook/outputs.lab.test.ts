import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureJupyterLab } from "../tools/setup/python";
import {
  type NotebookPage,
  openNotebook,
  sharedBrowser,
  sharedFolder,
  sharedLab,
  startLab,
} from "../tools/testing/index";
import { plotlyPackage } from "./plotly-package";
import { evil, openFile } from "./testing/pages";
import { ShownPlayer } from "./testing/shown-player";
import { writeNotebook } from "./testing/write-notebook";

const scratch = sharedFolder();
const lab = sharedLab();
const browser = sharedBrowser();

/** Opens a new notebook of these cells, after the imports. */
async function open(name: string, cells: readonly string[]): Promise<NotebookPage> {
  writeNotebook(join(lab().folder, name), [
    `import { FreeList, History, liveView, show } from "freelist-lab";`,
    ...cells,
  ]);
  return await openNotebook(browser(), lab(), lab().path(name));
}

const runOf = (label: string) => `
  const heap = new FreeList(8192, 4);
  const history = History.of(heap).label(${JSON.stringify(label)});
  for (let size = 4; size < 400; size += 4) heap.malloc(size);`;

test("two outputs of one cell, and titles that look like markup, do no harm", async () => {
  const show = `show(history, { title: ${JSON.stringify(evil)} }); show({ ${JSON.stringify(evil)}: history });`;
  const notebook = await open("evil.ipynb", [runOf(evil) + show]);
  await notebook.runAll();
  const area = await notebook.output(1);
  await expect.poll(() => area.locator(".heatmaplayer image").count()).toBe(2);
  await notebook.page.waitForTimeout(300);
  expect(await notebook.page.evaluate(() => (window as { hurt?: number }).hurt)).toBeUndefined();
  expect(await area.locator("img[src=x]").count()).toBe(0);
  expect(await area.locator(".fl-title").textContent()).toBe(evil);
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});

test("after a cell was run, a click on its picture gives the player the keys, and no key moves to another cell", async () => {
  const notebook = await open("keys.ipynb", [
    `${runOf("")}show(history, { step: 50, speed: 1 });`,
    "1 + 1",
    "2 + 2",
  ]);
  await notebook.runAll();
  const area = await notebook.output(1);
  const player = await new ShownPlayer(area).ready();
  const { keyboard, mouse } = notebook.page;
  for (const part of [".fl-square", ".fl-says", ".fl-keys"]) {
    // As after running a cell: the notebook has the keys, in command mode, and another cell is the active one.
    await notebook.page.evaluate(() => {
      window.jupyterapp.shell.currentWidget!.content.activeCellIndex = 2;
      document.querySelector<HTMLElement>(".jp-Notebook")!.focus();
    });
    const box = (await area.locator(part).first().boundingBox())!;
    await mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const active = () =>
      notebook.page.evaluate(() => window.jupyterapp.shell.currentWidget!.content.activeCellIndex);
    const cell = await active();
    await player.go(50);
    await mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await keyboard.press("ArrowRight");
    await keyboard.press("ArrowRight");
    await player.shows(52);
    await keyboard.press("ArrowDown");
    await player.shows(51);
    await keyboard.press("ArrowUp");
    await player.shows(52);
    await keyboard.press("End");
    await player.shows(99);
    await keyboard.press("Home");
    await player.shows(0);
    await keyboard.press("Space");
    await player.button("Pause").waitFor();
    await keyboard.press("Space");
    await player.button("Play").waitFor();
    // Keys of JupyterLab's command mode, which would make, cut or change a cell.
    for (const key of ["a", "b", "x", "m"]) await keyboard.press(key);
    expect(await active()).toBe(cell);
    expect(await notebook.cells()).toHaveLength(4);
  }
  expect(notebook.consoleErrors).toEqual([]);
  await notebook.close();
});

test("where Plotly cannot be had the pictures stay, and one line says why", async () => {
  const notebook = await open("alone.ipynb", [`${runOf("")}show(history);`]);
  await notebook.page.route(/plotly/, (route) => route.abort());
  await notebook.runAll();
  const area = await notebook.output(1);
  const why = area.locator(".fl-why");
  await why.waitFor();
  expect(await why.textContent()).toMatch(
    /Plotly \S+ was not found beside the notebook, and could not be loaded/,
  );
  expect(await area.locator("figure img").count()).toBe(6);
  await notebook.close();
});

test("the public copy of Plotly is taken when it is the installed file byte for byte, and refused when it is not", async () => {
  const { file } = plotlyPackage();
  const copy = readFileSync(file, "utf8");
  const answers = { same: copy, changed: copy.replace("Plotly, Inc.", "Somebody.") };
  for (const [name, body] of Object.entries(answers)) {
    const notebook = await open(`${name}.ipynb`, [`${runOf("")}show(history);`]);
    await notebook.page.route("**/files/**", (route) => route.abort());
    const headers = { "access-control-allow-origin": "*" };
    await notebook.page.route("https://cdn.jsdelivr.net/**", (route) =>
      route.fulfill({ body, headers, contentType: "text/javascript" }),
    );
    await notebook.runAll();
    const area = await notebook.output(1);
    await area.locator(name === "same" ? ".heatmaplayer image" : ".fl-why").waitFor({ timeout: 20_000 });
    expect(await area.locator(".fl-player").count()).toBe(name === "same" ? 1 : 0);
    await notebook.close();
  }
});

test("Plotly is found from a notebook in a folder below the package, and under a server's root above it", async () => {
  const above = await startLab({ root: join(lab().root, "..") });
  try {
    const path = above.path("deep.ipynb");
    writeNotebook(join(above.folder, "deep.ipynb"), [
      `import { FreeList, History, show } from "freelist-lab";`,
      `${runOf("")}show(history);`,
    ]);
    const notebook = await openNotebook(browser(), above, path);
    // The address names the tab in front, or none; the notebook's own tab knows its path.
    await notebook.page.evaluate(() => history.replaceState(null, "", "/lab"));
    await notebook.runAll();
    await new ShownPlayer(await notebook.output(1)).ready();
    expect(new URL(notebook.page.url()).pathname).toBe("/lab");
    expect(notebook.consoleErrors).toEqual([]);
    await notebook.close();
  } finally {
    await above.stop();
  }
});

test("an interrupted live loop ends, and its last picture stays", async () => {
  const notebook = await open("endless.ipynb", [
    `const heap = new FreeList(8192, 4);
     const view = liveView(heap);
     for (let step = 0; ; step++) {
       if (heap.malloc(64) === null) for (const block of [...heap.blocks()]) heap.free(block.address);
       await view.draw("step " + step);
     }`,
  ]);
  await notebook.clickRunAll();
  const caption = notebook.page.locator(".freelist-lab-live div");
  await expect.poll(() => caption.textContent(), { timeout: 30_000 }).toMatch(/^step \d\d/);
  await notebook.page.getByRole("button", { name: /Interrupt the kernel/ }).click();
  await expect.poll(async () => (await notebook.cells())[1]!.answer, { timeout: 10_000 }).toBe("error");
  const last = await caption.textContent();
  await notebook.page.waitForTimeout(500);
  expect(await caption.textContent()).toBe(last);
  const { outputs } = (await notebook.cells())[1]!;
  expect(outputs.filter((output) => output.output_type === "display_data")).toHaveLength(1);
  expect(JSON.stringify(outputs[0])).toContain("data:image/png;base64,");
  await notebook.close();
});

test("a live view shows its pictures as fast as a film", async () => {
  const notebook = await open("fast.ipynb", [
    `const heap = new FreeList(8192, 4);
     const view = liveView(heap, { framesPerSecond: 60 });
     for (let step = 0; step < 120; step++) {
       heap.malloc(64);
       await view.draw("step " + step);
     }`,
  ]);
  await notebook.page.evaluate(noteCaptions);
  await notebook.runAll();
  const times = await notebook.page.evaluate(() => (window as { times?: number[] }).times!);
  const rate = ((times.length - 1) * 1000) / (times.at(-1)! - times[0]!);
  console.log(`Live: ${times.length} of 120 pictures were seen, ${rate.toFixed(1)} a second`);
  // 38 to 40 on an idle machine of two cores; the bound leaves room for a busy one.
  expect(rate).toBeGreaterThan(20);
  await notebook.close();
});

test("nbconvert's page from disk has the player where Plotly lies beside it, else the pictures", async () => {
  const notebook = await open("convert.ipynb", [`${runOf("")}show(history);`]);
  await notebook.runAll();
  await notebook.save();
  await notebook.close();
  const file = join(lab().folder, "convert.ipynb");
  execFileSync(await ensureJupyterLab(), ["-m", "nbconvert", "--to", "html", file], { stdio: "pipe" });
  const page = join(lab().folder, "convert.html");
  const beside = await openFile(browser(), page);
  const player = await new ShownPlayer(beside.page.locator("body")).ready();
  await player.go(5);
  await beside.page.close();

  copyFileSync(page, join(scratch, "convert.html"));
  const alone = await openFile(browser(), join(scratch, "convert.html"));
  await alone.page.locator(".fl-why").waitFor();
  expect(await alone.page.locator("figure img").count()).toBe(6);
  await alone.page.close();
});

/** Runs in the page: notes when each new caption of the live view is seen. */
function noteCaptions(): void {
  const times: number[] = [];
  (window as { times?: number[] }).times = times;
  let last = "";
  const look = () => {
    const text = document.querySelector(".freelist-lab-live")?.textContent ?? "";
    if (text !== last) times.push(performance.now());
    last = text;
    requestAnimationFrame(look);
  };
  look();
}
