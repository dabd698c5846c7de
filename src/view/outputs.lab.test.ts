import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { ensureJupyterLab } from "../lab/python";
import {
  type Lab,
  type NotebookPage,
  openNotebook,
  startBrowser,
  startLab,
  watchConsole,
} from "../lab/testing";
import { seededRandom } from "../random/seeded-random";
import { History } from "../simulation/history";
import { outputHtml } from "./output";
import { plotlySource } from "./plotly-package";
import { saveGif } from "./save-gif";
import { saveHtml } from "./save-html";
import { ShownPlayer } from "./testing/shown-player";
import { writeNotebook } from "./testing/write-notebook";

const scratch = mkdtempSync(join(tmpdir(), "freelist-lab-outputs-"));
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Markup in every text that a run can carry; each would set `hurt` if it were read as markup or script. */
const evil = `</script><script>window.hurt=1</script><img src=x onerror="window.hurt=2"><!--' " \\u003cb>`;

/** A run of `steps` random requests on a heap of `pages` pages of 4 bytes. */
function randomRun(steps: number, pages = 2048): { heap: FreeList; history: History } {
  const random = seededRandom(`${steps} steps`);
  const heap = new FreeList(4 * pages, 4);
  const history = History.of(heap);
  const live: number[] = [];
  for (let step = 0; step < steps; step++) {
    const address = random.random() < 0.55 ? heap.malloc(4 * random.randint(1, Math.ceil(pages / 20))) : null;
    if (address !== null) live.push(address);
    else if (live.length > 0) heap.free(live.splice(random.randint(0, live.length), 1)[0]!);
    else heap.free(-1);
  }
  return { heap, history };
}

const digits = (history: History, step: number) =>
  history.cursor().seek(step).heap.asMatrix().flat().join("");

/** Opens a file from disk with the network off. */
async function openFile(path: string): Promise<{ page: Page; errors: readonly string[]; asked: string[] }> {
  const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 1000 } });
  const page = await context.newPage();
  const errors = watchConsole(page);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url());
  });
  await page.goto(pathToFileURL(path).href);
  return { page, errors, asked };
}

describe("saveHtml", () => {
  const { history } = randomRun(200);
  const path = join(scratch, "a page.html");

  test("saves one page that plays from disk without a network, by mouse and by keys", async () => {
    saveHtml(history, path, { title: "A lecture" });
    const { page, errors, asked } = await openFile(path);
    expect(await page.title()).toBe("A lecture");
    const player = await new ShownPlayer(page.locator("body")).ready();
    await player.go(123);
    expect(await player.squares(46)).toBe(digits(history, 123));
    await player.button("Step back").click();
    await player.shows(122);
    await player.slider.press("End");
    await player.shows(200);
    await player.slider.press("ArrowLeft");
    await player.shows(199);
    expect(await player.squares(46)).toBe(digits(history, 199));
    const box = (await player.slider.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const middle = await player.step();
    expect(Math.abs(middle - 100)).toBeLessThanOrEqual(2);
    await player.slider.press("Space");
    await player.shows(middle + 3, 20_000).catch(() => undefined);
    expect(await player.step()).toBeGreaterThan(middle);
    expect(errors).toEqual([]);
    expect(asked).toEqual([]);
    await page.context().close();
  });

  test("reads no text of a run as markup or script", async () => {
    saveHtml({ [evil]: history.label(evil).mark(evil), other: history }, path, { title: evil });
    const { page, errors } = await openFile(path);
    await new ShownPlayer(page.locator("body")).ready();
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => (window as { hurt?: number }).hurt)).toBeUndefined();
    expect(await page.title()).toBe(evil);
    expect(await page.locator("img[src=x]").count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

test("saveGif saves an animation whose frames a browser shows as they are", async () => {
  const { history } = randomRun(12, 100);
  const path = join(scratch, "run.gif");
  saveGif(history, path, { width: 102 });
  const { page } = await openFile(join(scratch, "a page.html"));
  const shown = await page.evaluate(readGif, readFileSync(path).toString("base64"));
  expect(shown.length).toBe(13);
  for (const [step, squares] of shown.entries()) expect(squares, `frame ${step}`).toBe(digits(history, step));
  await page.context().close();
});

/** Runs in the page: the squares of each frame of a GIF with 10 × 10 squares of 10 pixels in a frame of one. */
async function readGif(base64: string): Promise<string[]> {
  const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const decoder = new ImageDecoder({ type: "image/gif", data });
  await decoder.tracks.ready;
  const frames: string[] = [];
  for (let frameIndex = 0; frameIndex < decoder.tracks.selectedTrack!.frameCount; frameIndex++) {
    const { image } = await decoder.decode({ frameIndex });
    const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    let squares = "";
    for (let cell = 0; cell < 100; cell++) {
      const [x, y] = [6 + 10 * (cell % 10), 6 + 10 * Math.floor(cell / 10)];
      squares += context.getImageData(x, y, 1, 1).data[0]! < 128 ? "0" : "1";
    }
    frames.push(squares);
  }
  return frames;
}

test("an output stays within its bounds: 120 KB for 1,000 steps on 128 × 128, 1.5 MB for 100,000", () => {
  const size = (steps: number) => {
    const { history } = randomRun(steps, 128 * 128);
    const html = JSON.stringify(outputHtml(history, { title: "Size" }, plotlySource()));
    const data = history.encode().length;
    console.log(`${steps} steps on 128 × 128: output ${html.length} bytes in the notebook, data ${data}`);
    return { html: html.length, data };
  };
  const short = size(1000);
  expect(short.html).toBeLessThan(120_000);
  expect(short.data).toBeLessThan(20_000);
  expect(size(100_000).html).toBeLessThan(1_500_000);
});

describe("in JupyterLab", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(async () => {
    await lab?.stop();
  });

  /** Opens a new notebook of these cells, after the imports. */
  async function open(name: string, cells: readonly string[], offline = false): Promise<NotebookPage> {
    writeNotebook(join(lab.folder, name), [
      `import { FreeList, History, liveView, seededRandom, show } from "freelist-lab";`,
      ...cells,
    ]);
    return await openNotebook(browser, lab, lab.path(name), { context: { offline } });
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

  test("Plotly is found from a notebook in a folder below the package, and under a server's root above it", async () => {
    const above = await startLab({ root: join(lab.root, "..") });
    try {
      const path = above.path("deep.ipynb");
      writeNotebook(join(above.folder, "deep.ipynb"), [
        `import { FreeList, History, show } from "freelist-lab";`,
        `${runOf("")}show(history);`,
      ]);
      const notebook = await openNotebook(browser, above, path);
      await notebook.runAll();
      await new ShownPlayer(await notebook.output(1)).ready();
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

  test("a live view shows 30 pictures a second or more, each of them whole", async () => {
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
    expect(rate).toBeGreaterThan(30);
    await notebook.close();
  });

  test("nbconvert's page from disk has the player where Plotly lies beside it, else the pictures", async () => {
    const notebook = await open("convert.ipynb", [`${runOf("")}show(history);`]);
    await notebook.runAll();
    await notebook.save();
    await notebook.close();
    const file = join(lab.folder, "convert.ipynb");
    execFileSync(await ensureJupyterLab(), ["-m", "nbconvert", "--to", "html", file], { stdio: "pipe" });
    const page = join(lab.folder, "convert.html");
    const beside = await openFile(page);
    const player = await new ShownPlayer(beside.page.locator("body")).ready();
    await player.go(5);
    await beside.page.context().close();

    copyFileSync(page, join(scratch, "convert.html"));
    const alone = await openFile(join(scratch, "convert.html"));
    await alone.page.locator(".fl-why").waitFor();
    expect(await alone.page.locator("figure img").count()).toBe(6);
    await alone.page.context().close();
  });
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
