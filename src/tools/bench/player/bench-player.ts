import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { readable } from "../../../base/readable";
import { FreeList } from "../../../heap/free-list";
import { PAYLOAD_VERSION, type PlayerPayload } from "../../../player/payload";
import type { PlayerGlobal, PlayerHandle } from "../../../player/player-global";
import type { PlayerOptions } from "../../../player/player-options";
import { seededRandom } from "../../../random/seeded-random";
import { History } from "../../../run/history";
import { projectRoot } from "../../paths";
import { ensureChromium } from "../../setup/chromium";
import type { BenchOptions } from "../benchmark";
import { table } from "../report";
import { benchLongRuns } from "./long-run";
import { randomRun } from "./random-run";

/*
 * What a frame of the player costs in headless Chromium, beside Plotly's own frames with a slider that has a step for each.
 *
 * Chromium runs without its limit of 60 frames a second: the time from one frame to the next is all of the work for it,
 * script, layout and painting.
 */

/** A case: a square heap of `side` × `side` pages and so many steps. */
interface Case {
  readonly side: number;
  readonly steps: number;
}

const cases: readonly Case[] = [
  { side: 46, steps: 1000 },
  { side: 128, steps: 1000 },
  { side: 46, steps: 100_000 },
  { side: 128, steps: 100_000 },
];
/** Frames that each measurement takes. */
const FRAMES = 300;
/** Frames of Plotly's own way, which is slow; its frames exist for this many steps only where there are more. */
const PLOTLY_FRAMES = 60;
const PLOTLY_STEPS = 1000;

/** Milliseconds a frame. */
interface Figures {
  readonly firstFrame: number;
  readonly playing: number;
  readonly dragging: number;
  readonly allPanels: number;
}

/** What a frame takes, in milliseconds. */
interface FrameTime {
  /** From one frame to the next. */
  readonly elapsed: number;
  /** Of the page's thread, which alone says something where other programs run beside. */
  readonly cpu: number;
}

/** With the decision's panel open, and the strip that marks what it speaks of. */
interface WalkFigures {
  /** From operation to operation, each decided anew. */
  readonly operations: FrameTime;
  /** From step to step of the decisions. */
  readonly steps: FrameTime;
}

interface BenchWindow {
  freelistLab: PlayerGlobal;
  handle: PlayerHandle;
  Plotly: {
    newPlot(...args: unknown[]): Promise<unknown>;
    animate(...args: unknown[]): Promise<unknown>;
    restyle(...args: unknown[]): Promise<unknown>;
  };
}

function recordedRun({ side, steps }: Case): History {
  const random = seededRandom(`player ${side}`);
  const heap = new FreeList(side * side * 16, 16);
  return randomRun(heap, steps, random, (live) => random.random() < 0.52 || live === 0, 1024);
}

/** Holes of 32 bytes between blocks, and requests that are too large for all of them but the last. */
function scatteredRun(holes: number, steps: number): History {
  const heap = new FreeList(64 * holes + 2 ** 20, 16);
  const live = Array.from({ length: 2 * holes }, () => heap.malloc(32)!);
  for (let i = 0; i < live.length; i += 2) heap.free(live[i]!);
  const history = History.of(heap);
  for (let step = 0; step < steps; step++) heap.malloc(48);
  return history.stop();
}

function payloadOf(history: History, options: PlayerOptions): PlayerPayload {
  const runs = [{ label: "", history: history.encode() }];
  return { version: PAYLOAD_VERSION, title: "", runs, options, theme: "light" };
}

/** An empty page with Plotly. */
async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1400 } });
  await page.setContent("<!doctype html><meta charset=utf-8><div id=root></div>");
  await page.addScriptTag({ content: read("node_modules/plotly.js-dist/plotly.js") });
  return page;
}

async function measurePlayer(browser: Browser, history: History): Promise<Figures> {
  const options = { speed: 1e9, rest: false };
  const closed = await playAndDrag(browser, payloadOf(history, options));
  const open = { ...options, panels: ["strip", "metrics", "space-time"] as const };
  const opened = await playAndDrag(browser, payloadOf(history, open));
  return { ...closed, allPanels: opened.dragging };
}

async function playAndDrag(browser: Browser, payload: PlayerPayload): Promise<Omit<Figures, "allPanels">> {
  const page = await openPage(browser);
  await page.addScriptTag({ content: read("dist/player/player.js") });
  const figures = await page.evaluate(
    async ([given, frames]) => {
      const { freelistLab, Plotly } = globalThis as unknown as BenchWindow;
      const root = document.getElementById("root")!;
      const started = performance.now();
      const handle = freelistLab.mount(root, given, Plotly);
      await handle.ready;
      const firstFrame = performance.now() - started;
      const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
      // A long run is read in the background.
      for (let quiet = 0; quiet < 60; quiet++) await nextFrame();
      await new Promise((done) => setTimeout(done, 1500));
      let drawn = 0;
      const { restyle } = Plotly;
      Plotly.restyle = (...args) => {
        drawn++;
        return restyle.apply(Plotly, args);
      };
      const perFrame = async (act: (frame: number) => void) => {
        drawn = 0;
        const from = performance.now();
        for (let frame = 0; drawn < frames; frame++) {
          act(frame);
          await nextFrame();
        }
        return (performance.now() - from) / drawn;
      };
      const shown = () => handle.step;
      const playing = await perFrame(() => handle.seek(shown() < handle.steps ? shown() + 1 : 0));
      const slider = root.querySelector<HTMLInputElement>("input[type=range]")!;
      const dragging = await perFrame((frame) => {
        slider.value = String(Math.round(((frame * 0.618) % 1) * handle.steps));
        slider.dispatchEvent(new Event("input"));
      });
      return { firstFrame, playing, dragging };
    },
    [payload, FRAMES] as const,
  );
  await page.close();
  return figures;
}

async function measureWalk(browser: Browser, history: History): Promise<WalkFigures> {
  const page = await openPage(browser);
  await page.addScriptTag({ content: read("dist/player/player.js") });
  const payload = payloadOf(history, { step: 0, panels: ["why", "strip"] });
  await page.evaluate(async (given) => {
    const scope = globalThis as unknown as BenchWindow;
    scope.handle = scope.freelistLab.mount(document.getElementById("root")!, given, scope.Plotly);
    await scope.handle.ready;
    await new Promise((done) => setTimeout(done, 1500));
  }, payload);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const cpuTime = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
  const measure = async (act: "seek" | "walk"): Promise<FrameTime> => {
    const before = await cpuTime();
    const elapsed = await page.evaluate(walkFrames, [act, FRAMES] as const);
    return { elapsed, cpu: ((await cpuTime()) - before) / FRAMES };
  };
  const operations = await measure("seek");
  await page.evaluate(() => (globalThis as unknown as BenchWindow).handle.seek(1));
  const figures = { operations, steps: await measure("walk") };
  await page.close();
  return figures;
}

/** Runs in the page: draws so many frames, each of the next operation or of the next step of the decision. */
async function walkFrames([act, frames]: readonly ["seek" | "walk", number]): Promise<number> {
  const { handle } = globalThis as unknown as BenchWindow;
  const player = document.querySelector<HTMLElement>(".fl-player")!;
  const place = document.querySelector(".fl-place")!;
  const seen = () => `${player.dataset.shown} ${place.textContent}`;
  const from = performance.now();
  for (let drawn = 0; drawn < frames; drawn++) {
    const before = seen();
    if (act === "seek") handle.seek(handle.step < handle.steps ? handle.step + 1 : 1);
    else player.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    do await new Promise((done) => requestAnimationFrame(done));
    while (seen() === before);
  }
  return (performance.now() - from) / frames;
}

async function measurePlotly(browser: Browser, { side, steps }: Case, history: History): Promise<number> {
  const page = await openPage(browser);
  const cursor = history.cursor();
  const count = Math.min(PLOTLY_STEPS, steps);
  // As digits: what goes into the page is taken apart value by value.
  const digits = Array.from({ length: count }, (_, k) => cursor.seek(k).heap.asMatrix().flat().join(""));
  const figure = await page.evaluate(
    async ([texts, cells, shown]) => {
      const rowsOf = (text: string) =>
        Array.from({ length: cells }, (_, row) =>
          Array.from(text.slice(row * cells, (row + 1) * cells), Number),
        );
      const all = texts.map(rowsOf);
      const { Plotly } = globalThis as unknown as BenchWindow;
      const root = document.getElementById("root")!;
      const data = [{ type: "heatmap", z: all[0], showscale: false, zmin: 0, zmax: 1, colorscale: "Greys" }];
      const quick = { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } };
      const layout = {
        width: 560,
        height: 640,
        yaxis: { range: [cells - 0.5, -0.5], scaleanchor: "x" },
        sliders: [
          { steps: all.map((_, k) => ({ method: "animate", label: `${k}`, args: [[`${k}`], quick] })) },
        ],
      };
      const named = all.map((z, k) => ({ name: `${k}`, data: [{ z }] }));
      await Plotly.newPlot(root, { data, layout, frames: named });
      const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
      const from = performance.now();
      for (let k = 1; k <= shown; k++) {
        await Plotly.animate(root, [`${k}`], quick);
        await nextFrame();
      }
      return (performance.now() - from) / shown;
    },
    [digits, side, PLOTLY_FRAMES] as const,
  );
  await page.close();
  return figure;
}

function read(file: string): string {
  return readFileSync(join(projectRoot, file), "utf8");
}

/** Prints the tables. */
export async function run({ operations }: BenchOptions): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-frame-rate-limit", "--disable-gpu-vsync"],
  });
  if (operations !== undefined) await benchLongRuns(browser, operations);
  const rows = [
    ["heap", "steps", "first frame", "playing", "dragging", "with all panels", "Plotly's own", "data"],
  ];
  for (const one of cases) {
    const history = recordedRun(one);
    const { firstFrame, playing, dragging, allPanels } = await measurePlayer(browser, history);
    const plotly = one.steps <= PLOTLY_STEPS ? (await measurePlotly(browser, one, history)).toFixed(1) : "";
    const figures = [firstFrame, playing, dragging, allPanels].map((figure) => figure.toFixed(1));
    const data = `${(history.encode().length / 1000).toFixed(1)} KB`;
    rows.push([`${one.side} × ${one.side}`, readable(one.steps), ...figures, plotly, data]);
  }
  const walked: readonly (readonly [string, History])[] = [
    ["128 × 128, 1,000 steps", recordedRun({ side: 128, steps: 1000 })],
    ["10,000 holes in the list, 1,000 steps", scatteredRun(10_000, 1000)],
  ];
  const walks = [["run", "an operation", "CPU", "a step of a decision", "CPU"]];
  for (const [name, history] of walked) {
    const { operations, steps } = await measureWalk(browser, history);
    const times = [operations.elapsed, operations.cpu, steps.elapsed, steps.cpu];
    walks.push([name, ...times.map((time) => time.toFixed(1))]);
  }
  await browser.close();
  console.log("ms from mounting to the first frame, and ms a frame; the run's data in the output");
  console.log(table(rows));
  console.log("ms a frame with the decision's panel and the strip open");
  console.log(table(walks));
}
