import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compare, FreeList, History, loadTrace, saveGif, savePng } from "../../index";
import {
  executeIn,
  type NotebookPage,
  openNotebook,
  sharedBrowser,
  sharedSite,
  watchConsole,
} from "../testing";
import { CONTENT_POLICY } from "./pages/page-frame";
import { type ServedFolder, serveFolder } from "./serve-folder";

// What the library does otherwise in a browser than in Node, and to the same end.

const site = sharedSite();
const browser = sharedBrowser();
let notebook: NotebookPage;
const folder = mkdtempSync(join(tmpdir(), "freelist-lab-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(async () => {
  notebook = await openNotebook(browser(), site(), site().path("02-build-an-allocator.ipynb"));
});

/** Runs a cell in the notebook; what it printed. */
async function printed(code: string): Promise<string> {
  const { stdout, stderr, traceback } = await executeIn(notebook.page, code);
  expect(stderr + traceback).toBe("");
  return stdout;
}

describe("compare", () => {
  const policies = ["first", "best", "next/lifo", "buddy"];

  test("measures in workers what Node measures, while the kernel goes on", async () => {
    const text = await printed(`import { compare, loadTrace } from "freelist-lab";
const seen: string[] = [];
let ticks = 0;
const ticking = setInterval(() => ticks++, 5);
const compared = await compare([loadTrace("ls"), loadTrace("vim")], ${JSON.stringify(policies)}, {
  arenaRuns: 20,
  workers: 3,
  onProgress: (done, total) => seen.push(done + "/" + total),
});
clearInterval(ticking);
console.log(JSON.stringify({ json: compared, ticks, seen }));`);
    const { json, ticks, seen } = JSON.parse(text);
    const inNode = await compare([loadTrace("ls"), loadTrace("vim")], policies, { arenaRuns: 20 });
    expect(json).toEqual(JSON.parse(JSON.stringify(inNode)));
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((done) => `${done}/8`));
    expect(ticks).toBeGreaterThan(3);
  });

  test("keeps a fit of one's own on the kernel's own thread", async () => {
    const text = await printed(
      `const mine = { name: "mine", fit: (holes, size) => holes.find((hole) => hole.size >= size) ?? null };
(await compare([loadTrace("ls")], ["first", mine], { arenaRuns: 0 })).table("extent")`,
    );
    expect(text).toMatch(/^\[ \[ (1\.\d+), \1 \] \]\n$/);
  });

  test("an interrupt ends it, and its workers", async () => {
    const code = `await compare([loadTrace("vim"), loadTrace("python")], ${JSON.stringify(policies)}, { arenaRuns: 5000 })`;
    const { status, traceback } = await executeIn(notebook.page, code, { interruptAfter: 500 });
    expect({ status, traceback }).toEqual({ status: "error", traceback: "Interrupted asynchronously" });
    expect(await printed("'goes on'")).toBe("goes on\n");
  });
});

describe("saved into the file browser", () => {
  const heap = new FreeList(256, 8);
  const run = History.of(heap);
  beforeAll(async () => {
    for (const size of [20, 60, 30]) heap.malloc(size);
    heap.free(24);
    heap.malloc(16);
    await printed(`import { FreeList, History, saveGif, saveHtml, savePng } from "freelist-lab";
const heap = new FreeList(256, 8);
const run = History.of(heap);
for (const size of [20, 60, 30]) heap.malloc(size);
heap.free(24);
heap.malloc(16);`);
  });

  /** What the file browser has at a path beside the notebook. */
  async function savedFile(name: string): Promise<Buffer> {
    const { content, format } = await notebook.page.evaluate(async (path) => {
      // biome-ignore lint/suspicious/noExplicitAny: JupyterLab's contents, of which the tests declare nothing
      const { contents } = (window.jupyterapp as any).serviceManager;
      return (await contents.get(path, { content: true })) as { content: string; format: string };
    }, `notebooks/${name}`);
    return Buffer.from(content, format === "base64" ? "base64" : "utf8");
  }

  test("a PNG is the picture that Node draws", async () => {
    expect(await printed('savePng(run, "run.png", { caption: "Five calls" })')).toBe("/notebooks/run.png\n");
    const file = join(folder, "run.png");
    savePng(run, file, { caption: "Five calls" });
    const [here, there] = [PNG.sync.read(await savedFile("run.png")), PNG.sync.read(readFileSync(file))];
    expect([here.width, here.height]).toEqual([there.width, there.height]);
    expect(here.data.equals(there.data)).toBe(true);
  });

  test("a GIF is, byte for byte, the one that Node writes", async () => {
    await printed('saveGif(run, "run.gif")');
    const file = join(folder, "run.gif");
    saveGif(run, file);
    expect((await savedFile("run.gif")).equals(readFileSync(file))).toBe(true);
  });

  test("a page plays the run from disk, with no network", async () => {
    await printed('saveHtml(run, "run.html", { title: "Saved in a browser" })');
    const file = join(folder, "run.html");
    writeFileSync(file, await savedFile("run.html"));
    const page = await browser().newPage();
    const errors = watchConsole(page);
    await page.goto(pathToFileURL(file).href);
    await page.locator(".js-plotly-plot").first().waitFor({ state: "attached" });
    expect(await page.title()).toBe("Saved in a browser");
    expect(errors).toEqual([]);
    await page.close();
  });
});

test("there was no error on the console", () => {
  expect(notebook.consoleErrors).toEqual([]);
});

/** Tries each way of asking an address, and says what came of it. Runs in a page and in a kernel. */
async function askAnotherOrigin(address: string): Promise<Record<string, string>> {
  const ways: Record<string, () => Promise<unknown>> = {
    fetch: async () => (await fetch(address)).text(),
    "fetch without reading": async () => (await fetch(address, { mode: "no-cors", method: "POST" })).type,
    XMLHttpRequest: async () => {
      const request = new XMLHttpRequest();
      request.open("GET", address, false);
      request.send();
      return request.responseText;
    },
  };
  const said: Record<string, string> = {};
  for (const [name, ask] of Object.entries(ways)) {
    said[name] = await ask().then(String, () => "refused");
  }
  return said;
}

describe.each([
  { host: "one that sends the policy", policy: CONTENT_POLICY },
  { host: "one that sends no headers", policy: undefined },
])("on a host, $host, a notebook from elsewhere", ({ policy }) => {
  const asked: string[] = [];
  const other = createServer(({ url = "" }, response) => {
    asked.push(url);
    response.writeHead(200, { "content-type": "text/plain" }).end("a secret");
  });
  const secret = () => `http://127.0.0.1:${(other.address() as AddressInfo).port}/secret.txt`;
  let served: ServedFolder;
  let page: Page;
  beforeAll(async () => {
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    served = await serveFolder(site().folder, { base: "/name/", policy });
    const path = site().path("02-build-an-allocator.ipynb");
    const address = () => `${served.url}lite/lab/index.html?path=${encodeURIComponent(path)}`;
    ({ page } = await openNotebook(browser(), { ...site(), address }, path));
  });
  afterAll(async () => {
    await page.context().close();
    await served.close();
    other.close();
  });

  const refused = { fetch: "refused", "fetch without reading": "refused", XMLHttpRequest: "refused" };

  test("asks no other origin for anything from its cells", async () => {
    const code = `const ask: (address: string) => Promise<object> = globalThis.eval(${JSON.stringify(`(${askAnotherOrigin})`)});
console.log(JSON.stringify(await ask("${secret()}")));`;
    const { stdout, traceback } = await executeIn(page, code);
    expect(traceback).toBe("");
    expect(JSON.parse(stdout)).toEqual(refused);
    expect(asked).toEqual([]);
  });

  test("nor from the scripts of its outputs", async () => {
    expect(await page.evaluate(askAnotherOrigin, secret())).toEqual(refused);
    expect(asked).toEqual([]);
  });
});
