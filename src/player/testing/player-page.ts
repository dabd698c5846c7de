import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { OriginalHeap } from "../../heap/original-heap";
import { History } from "../../run/history";
import { watchConsole } from "../../tools/testing/index";
import { originalRun, playAsPublished } from "../../workload/original-run";
import { PAYLOAD_VERSION, type PlayerPayload } from "../payload";
import type { PlayerGlobal, PlayerHandle } from "../player-global";
import type { PlayerOptions } from "../player-options";

const root = join(__dirname, "../../..");
/** The built bundle. */
export const bundleFile = join(root, "dist/player/player.js");
const plotlyFile = join(root, "node_modules/plotly.js-dist/plotly.js");

/** What the tests' scripts find in the page. */
export interface TestWindow {
  freelistLab: PlayerGlobal;
  Plotly: unknown;
  players: Record<string, PlayerHandle>;
}

/** A plain page with Plotly and the bundle, and no player yet. */
export interface PlayerPage {
  readonly page: Page;
  /** Errors of the page's console so far. */
  readonly errors: readonly string[];
}

/** How the page is looked at. */
export interface PageLook {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

/** The original program's run: 100 steps on 2,048 pages. */
export function publishedRun(): History {
  const heap = new OriginalHeap(8192, 4);
  const history = History.of(heap);
  for (const _ of playAsPublished(originalRun(), heap));
  return history.stop();
}

/** The payload of some runs, by label. */
export function payloadOf(
  runs: Readonly<Record<string, History>>,
  options: PlayerOptions = {},
  title = "",
): PlayerPayload {
  const all = Object.entries(runs).map(([label, history]) => ({ label, history: history.encode() }));
  return { version: PAYLOAD_VERSION, title, runs: all, options, theme: "auto" };
}

/** Opens a page that has Plotly and the bundle. */
export async function openPage(browser: Browser, look: PageLook = {}): Promise<PlayerPage> {
  const { width = 1000, height = 900, dark = false } = look;
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
  });
  page.setDefaultTimeout(10_000);
  const errors = watchConsole(page);
  await page.setContent(
    `<!doctype html><meta charset=utf-8><body style="background:${dark ? "#111" : "#fff"}">`,
  );
  await page.addScriptTag({ content: readFileSync(plotlyFile, "utf8") });
  await page.addScriptTag({ content: readFileSync(bundleFile, "utf8") });
  return { page, errors };
}

/** Mounts a player in a root of that id, made where there is none, and waits for its first frame. */
export async function mount({ page }: PlayerPage, payload: PlayerPayload, id = "root"): Promise<void> {
  await page.evaluate(
    async ([given, name]) => {
      const scope = globalThis as unknown as TestWindow;
      let node = document.getElementById(name);
      if (!node) {
        node = document.createElement("div");
        node.id = name;
        node.textContent = "the static picture";
        document.body.append(node);
      }
      const handle = scope.freelistLab.mount(node, given, scope.Plotly);
      scope.players = { ...scope.players, [name]: handle };
      await handle.ready;
    },
    [payload, id] as const,
  );
}

/** Waits until the player shows a step and has drawn it. */
export async function shows({ page }: PlayerPage, step: number, id = "root"): Promise<void> {
  await page.waitForFunction(
    ([wanted, name]) =>
      Number(document.querySelector<HTMLElement>(`#${name} .fl-player`)?.dataset.shown) === wanted,
    [step, id] as const,
  );
}

/** Seeks, and waits until the step is drawn. */
export async function seek(at: PlayerPage, step: number, id = "root"): Promise<void> {
  await at.page.evaluate(
    ([wanted, name]) => (globalThis as unknown as TestWindow).players[name]!.seek(wanted),
    [step, id] as const,
  );
  await shows(at, step, id);
}

/** The step at which the player is. */
export async function stepOf({ page }: PlayerPage, id = "root"): Promise<number> {
  return await page.evaluate((name) => (globalThis as unknown as TestWindow).players[name]!.step, id);
}

/** Red, green and blue of the middle of every cell of a picture, row by row, from a screenshot of it. */
export async function cellColours(at: PlayerPage, side: number, selector = ".fl-square"): Promise<string[]> {
  const shot = await at.page.locator(selector).first().screenshot();
  return await at.page.evaluate(
    async ([base64, cells]) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(image, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
      const colours: string[] = [];
      // The picture has a border of one pixel.
      const middle = (i: number, pixels: number) => Math.floor(1 + ((i + 0.5) * (pixels - 2)) / cells);
      for (let row = 0; row < cells; row++) {
        for (let column = 0; column < cells; column++) {
          const at = 4 * (middle(row, height) * width + middle(column, width));
          colours.push(data.slice(at, at + 3).join());
        }
      }
      return colours;
    },
    [shot.toString("base64"), side] as const,
  );
}

/** Those colours as the digits of a matrix: 0 black, 1 white, and `.` for anything else. */
export function digitsOf(colours: readonly string[]): string {
  return colours.map((one) => (one === "0,0,0" ? "0" : one === "255,255,255" ? "1" : ".")).join("");
}
