import { readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, CDPSession, Page } from "playwright-core";
import { readable } from "../../../base/readable";
import { FreeList } from "../../../heap/free-list";
import { saveHtml } from "../../../notebook/save-html";
import { seededRandom } from "../../../random/seeded-random";
import type { History } from "../../../run/history";
import { median, table } from "../report";
import { randomRun } from "./random-run";

/*
 * What a page of its own with a long run takes: until its first frame, from a step to any other, and in memory.
 */

/** Live blocks of the runs, and bytes of heap for each. */
const LIVE = [3000, 30_000];
const BYTES_A_BLOCK = 320;
/** Steps that are gone to. */
const SEEKS = 40;

/** What is measured: milliseconds of elapsed time and of the page's thread, and bytes. */
interface LongFigures {
  readonly page: number;
  readonly opened: number;
  readonly openedCpu: number;
  /** Before the run has been read, and when it has been. */
  readonly early: Seeks;
  readonly read: number;
  readonly late: Seeks;
  /** Of the page's process at its highest; NaN where the system does not tell. */
  readonly memory: number;
}

/** Of each step that was gone to, milliseconds of elapsed time and of the page's thread. */
interface Seeks {
  readonly elapsed: readonly number[];
  readonly cpu: readonly number[];
}

/** A run in a steady state: blocks of 16 to 480 bytes, as many live at any time. */
export function steadyRun(steps: number, blocks: number): History {
  const random = seededRandom(`steady ${blocks}`);
  const heap = new FreeList(blocks * BYTES_A_BLOCK, 16);
  const allocates = (live: number) => live < 0.9 * blocks || (live < blocks && random.random() < 0.5);
  return randomRun(heap, steps, random, allocates, 480);
}

async function measure(browser: Browser, path: string): Promise<LongFigures> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1400 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const started = Date.now();
  await page.goto(pathToFileURL(path).href);
  await page.locator(".fl-player[data-shown]").waitFor({ timeout: 600_000 });
  const opened = Date.now() - started;
  const openedCpu = await cpuOf(devtools);
  const early = await seek(page, devtools);
  await page.waitForFunction(isRead, null, { timeout: 1_200_000, polling: 500 });
  const read = Date.now() - started;
  const late = await seek(page, devtools);
  const memory = await memoryOf(browser);
  await page.close();
  return { page: statSync(path).size, opened, openedCpu, early, read, late, memory };
}

/** Goes to steps here and there by the timeline. */
async function seek(page: Page, devtools: CDPSession): Promise<Seeks> {
  const elapsed: number[] = [];
  const cpu: number[] = [];
  for (let i = 1; i <= SEEKS; i++) {
    const before = await cpuOf(devtools);
    elapsed.push(await page.evaluate(seekFrame, (i * 0.618034) % 1));
    cpu.push((await cpuOf(devtools)) - before);
    // Whoever looks at a step rests there for a moment.
    await page.waitForTimeout(50);
  }
  return { elapsed, cpu };
}

/** Runs in the page: milliseconds from the slider's move to a part of its length until the step's frame has been drawn. */
async function seekFrame(part: number): Promise<number> {
  const player = document.querySelector<HTMLElement>(".fl-player")!;
  const slider = player.querySelector<HTMLInputElement>("input[type=range]")!;
  const step = Math.round(part * Number(slider.max));
  const from = performance.now();
  slider.value = String(step);
  slider.dispatchEvent(new Event("input"));
  while (player.dataset.shown !== String(step)) await new Promise((done) => setTimeout(done));
  return performance.now() - from;
}

/** Runs in the page. */
function isRead(): boolean {
  return document.querySelector(".fl-player[data-read]") !== null;
}

async function memoryOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({ type }) => type === "renderer");
  const most = pages.map(({ id }) => {
    try {
      return 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))![1]);
    } catch {
      return Number.NaN;
    }
  });
  return Math.max(...most);
}

async function cpuOf(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
}

/** Prints the table of runs of so many steps. */
export async function benchLongRuns(browser: Browser, steps: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "freelist-lab-"));
  const rows = [["live blocks", ...LIVE.map((live) => readable(live))]];
  const columns: string[][] = [];
  for (const live of LIVE) {
    const path = join(folder, `${live}.html`);
    const began = Date.now();
    saveHtml(steadyRun(steps, live), path);
    const saved = Date.now() - began;
    columns.push(told(saved, await measure(browser, path)));
  }
  for (const [i, name] of TOLD.entries()) rows.push([name, ...columns.map((column) => column[i]!)]);
  await rm(folder, { recursive: true });
  console.log(`a page of its own with a run of ${readable(steps)} steps`);
  console.log(table(rows));
}

const TOLD = [
  "recorded and saved, s",
  "page, MB",
  "first frame, s",
  "CPU, s",
  "to any step at once, ms, median",
  "longest",
  "CPU, median",
  "most",
  "all read, s",
  "to any step then, ms, median",
  "longest",
  "CPU, median",
  "most",
  "memory of its process at most, MB",
];

function told(saved: number, figures: LongFigures): string[] {
  const { page, opened, openedCpu, early, read, late, memory } = figures;
  return [
    (saved / 1000).toFixed(1),
    (page / 1e6).toFixed(1),
    (opened / 1000).toFixed(2),
    (openedCpu / 1000).toFixed(2),
    ...ofSeeks(early),
    (read / 1000).toFixed(1),
    ...ofSeeks(late),
    (memory / 1e6).toFixed(0),
  ];
}

function ofSeeks({ elapsed, cpu }: Seeks): string[] {
  return [elapsed, cpu].flatMap((times) => [median(times).toFixed(0), Math.max(...times).toFixed(0)]);
}
