import type { Browser, BrowserContext } from "playwright-core";
import { buildRunner, runCells } from "../../../kernel/testing/run-cells";
import { startBrowser } from "../../testing/browser";
import { startSite } from "../../testing/lite";
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
    const megabytes = (median(visits.map(({ first }) => first.sent)) / 1e6).toFixed(1);
    console.log(
      table([
        [`notebook 01 from this machine, median of ${VISITS}`, "shown", "first cell run", "goal"],
        ["first visit, s", seconds(({ first }) => first.shown), seconds(({ first }) => first.ran), "6"],
        ["second visit, s", seconds(({ second }) => second.shown), seconds(({ second }) => second.ran), "3"],
        ["sent by then, MB compressed", "", megabytes, "8"],
      ]),
    );
  } finally {
    await browser.close();
    await site.stop();
  }
  await compareLoops();
}

async function twoVisits(
  browser: Browser,
  served: { readonly url: string; readonly sent: number },
): Promise<{ first: Visit; second: Visit }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const first = await visit(context, served);
  const second = await visit(context, served);
  await context.close();
  return { first, second };
}

async function visit(
  context: BrowserContext,
  served: { readonly url: string; readonly sent: number },
): Promise<Visit> {
  const page = await context.newPage();
  const before = served.sent;
  const start = performance.now();
  await page.goto(served.url + NOTEBOOK);
  await page.locator(".jp-OutputArea img").first().waitFor({ timeout: 120_000 });
  const shown = performance.now() - start;
  await page.waitForFunction(
    () => window.jupyterapp?.shell.currentWidget?.sessionContext.session?.kernel?.status === "idle",
    undefined,
    { timeout: 120_000, polling: 50 },
  );
  await page.evaluate(runFirstCell);
  const ran = performance.now() - start;
  const sent = served.sent - before;
  await page.close();
  return { shown, ran, sent };
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
