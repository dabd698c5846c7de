import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { buildRunner, runCells } from "../../../kernel/testing/run-cells";
import { courseNotebooks } from "../../commands/course-index";
import { startBrowser } from "../../testing/browser";
import { type Lite, startSite } from "../../testing/lite";
import { openNotebook } from "../../testing/notebook-page";
import { median, table } from "../report";

const VISITS = 3;
const NOTEBOOK = "lite/lab/index.html?path=notebooks%2F01-first-fit-free-list.ipynb";

/** What a visit to a notebook took. */
interface Visit {
  /** Milliseconds until the notebook is shown, with the pictures that it was saved with. */
  readonly shown: number;
  /** Milliseconds until its first cell has run here, and shows its picture. */
  readonly ran: number;
  /** Bytes sent until then, compressed. */
  readonly sent: number;
  /** Milliseconds of processor time that the browser took until the notebook was shown, in all its processes: little moved by what else runs. */
  readonly busy: number;
}

/** What a reader waits for on the site, and what a loop costs in its kernel and under tslab. */
export async function run(): Promise<void> {
  const site = await startSite();
  const browser = await startBrowser();
  try {
    const visits: { first: Visit; second: Visit }[] = [];
    for (let i = 0; i < VISITS; i++) visits.push(await twoVisits(browser, site.served));
    const seconds = (of: (visit: (typeof visits)[number]) => number) =>
      (median(visits.map(of)) / 1000).toFixed(1);
    const timesOf = (visit: (of: (typeof visits)[number]) => Visit) =>
      (["shown", "ran", "busy"] as const).map((what) => seconds((each) => visit(each)[what]));
    const megabytes = (median(visits.map(({ first }) => first.sent)) / 1e6).toFixed(1);
    console.log(
      table([
        [`notebook 01, median of ${VISITS}`, "shown", "first cell run", "processor, shown", "goal, shown"],
        ["first visit, s", ...timesOf(({ first }) => first), "6"],
        ["second visit, s", ...timesOf(({ second }) => second), "3"],
        ["sent by then, MB compressed", "", megabytes, "", "8"],
      ]),
    );
    await browser.close();
    await measureMemory(site);
  } finally {
    await browser.close();
    await site.stop();
  }
  await compareLoops();
}

/** What each notebook's tab takes when all its cells have run, in a browser of its own. */
async function measureMemory(site: Lite): Promise<void> {
  const rows: string[][] = [];
  for (const name of courseNotebooks().map((file) => basename(file))) {
    const browser = await startBrowser();
    try {
      const notebook = await openNotebook(browser, site, site.path(name));
      const opened = await tabMegabytes(browser);
      await notebook.runAll();
      rows.push([name, opened, await tabMegabytes(browser)]);
    } finally {
      await browser.close();
    }
  }
  console.log(table([["memory of the largest process of tabs, MB", "opened", "all cells run"], ...rows]));
}

/** Memory of the largest of the browser's processes that show pages and run workers; where the system does not tell it (it is read in /proc), "?". */
async function tabMegabytes(browser: Browser): Promise<string> {
  const tabs = (await processesOf(browser)).filter(({ type }) => type === "renderer");
  try {
    const pages = tabs.map(({ id }) => Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]));
    return ((Math.max(...pages) * 4096) / 1e6).toFixed(0);
  } catch {
    return "?";
  }
}

interface BrowserProcess {
  readonly type: string;
  readonly id: number;
  /** Seconds of processor time until now. */
  readonly cpuTime: number;
}

async function processesOf(browser: Browser): Promise<readonly BrowserProcess[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo;
}

/** Milliseconds of processor time of all the browser's processes that are there. */
async function processorTime(browser: Browser): Promise<number> {
  return (await processesOf(browser)).reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

async function twoVisits(
  browser: Browser,
  served: { readonly url: string; readonly sent: number },
): Promise<{ first: Visit; second: Visit }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const first = await visit(browser, context, served);
  const second = await visit(browser, context, served);
  await context.close();
  return { first, second };
}

async function visit(
  browser: Browser,
  context: BrowserContext,
  served: { readonly url: string; readonly sent: number },
): Promise<Visit> {
  const page = await context.newPage();
  const before = served.sent;
  const idle = await processorTime(browser);
  const start = performance.now();
  await page.goto(served.url + NOTEBOOK);
  await page.locator(".jp-OutputArea img").first().waitFor({ timeout: 120_000 });
  const shown = performance.now() - start;
  const busy = (await processorTime(browser)) - idle;
  await page.waitForFunction(
    () => window.jupyterapp?.shell.currentWidget?.sessionContext.session?.kernel?.status === "idle",
    undefined,
    { timeout: 120_000, polling: 50 },
  );
  await page.evaluate(runFirstCell);
  const ran = performance.now() - start;
  const sent = served.sent - before;
  await page.close();
  return { shown, ran, sent, busy };
}

/** Runs in the page: has the kernel run the notebook's first cell of code, and waits for its answer. */
async function runFirstCell(): Promise<void> {
  const panel = window.jupyterapp.shell.currentWidget;
  const code = panel?.content.widgets
    .find(({ model }) => model.type === "code")
    ?.model.sharedModel.getSource();
  const kernel = panel?.sessionContext.session?.kernel as unknown as {
    requestExecute(content: { code: string | undefined }): { done: Promise<unknown> };
  };
  await kernel.requestExecute({ code }).done;
}

/** A loop at the top level of a cell, where each variable is a property of the kernel's. */
async function compareLoops(): Promise<void> {
  const runner = await buildRunner();
  const loop =
    "const t0 = performance.now(); let sum = 0; for (let i = 0; i < 1e6; i++) sum += i; performance.now() - t0";
  const cells = Array.from({ length: 7 }, () => loop);
  const took = (kernel: "tslab" | "browser") =>
    median(runCells(runner.folder, kernel, cells).map(({ stdout }) => Number(stdout))).toFixed(0);
  console.log(
    table([
      ["a loop of 1,000,000 at the top level, ms, in Node", "tslab", "the browser's kernel"],
      ["sum += i", took("tslab"), took("browser")],
    ]),
  );
  runner.remove();
}
