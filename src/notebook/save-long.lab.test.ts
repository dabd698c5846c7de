import { join } from "node:path";
import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { seededRandom } from "../random/seeded-random";
import { StepFlag } from "../run/event-summary";
import { History } from "../run/history";
import { LONG } from "../run/stretches";
import { sharedBrowser, sharedFolder } from "../tools/testing/index";
import { saveHtml } from "./save-html";
import { digits, openFile } from "./testing/pages";
import { ShownPlayer } from "./testing/shown-player";

const scratch = sharedFolder();
const browser = sharedBrowser();

/** Some more steps than a run has whose figures are all kept, in a heap of 46 × 46 pages, half of it in use. */
function longRun(): History {
  const random = seededRandom("long");
  const heap = new FreeList(46 * 46 * 4, 4);
  const history = History.of(heap);
  const live: number[] = [];
  while (history.length < LONG + 50_000) {
    const address = random.random() < 0.5 ? heap.malloc(4 + 4 * Math.floor(random.random() * 40)) : null;
    if (address !== null) live.push(address);
    else if (live.length > 0) {
      const at = Math.floor(random.random() * live.length);
      heap.free(live[at]!);
      live[at] = live.at(-1)!;
      live.pop();
    }
  }
  return history.stop();
}

/** Runs in the page: columns of a canvas in whose middle there is any colour, from its left on, in CSS pixels. */
function drawnColumns(canvas: HTMLElement | SVGElement): number {
  const { width, height } = canvas as HTMLCanvasElement;
  const row = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, height >> 1, width, 1).data;
  let drawn = 1;
  while (drawn < width && row[4 * drawn + 3]! > 0) drawn++;
  return Math.ceil((drawn * canvas.clientWidth) / width) - (drawn === 1 ? 1 : 0);
}

test("a page with a long run shows any step at once, and has its panels, marks and jumps when it has been read", async () => {
  const history = longRun();
  const path = join(scratch, "long.html");
  saveHtml(history, path, { colour: "original", step: 777_777, panels: ["metrics", "space-time"] });
  const { page, errors } = await openFile(browser(), path);
  const player = await new ShownPlayer(page.locator("body")).ready();
  expect(await player.squares(46)).toBe(digits(history, 777_777));
  // Its lives are drawn from the first step on, before it has been read.
  const lives = page.locator(".fl-lives canvas");
  await expect.poll(() => lives.evaluate(drawnColumns), { timeout: 20_000 }).toBeGreaterThan(0);
  await player.go(3);
  expect(await player.squares(46)).toBe(digits(history, 3));
  await player.go(LONG + 12_345);
  await player.slider.press("ArrowLeft");
  await player.shows(LONG + 12_344);
  expect(await player.squares(46)).toBe(digits(history, LONG + 12_344));
  // Read to its end, it knows every step with a denied request.
  await page.locator(".fl-player[data-read]").waitFor({ timeout: 120_000 });
  await page.getByText(/^(Reading|Drawing) the run/).waitFor({ state: "hidden", timeout: 120_000 });
  expect(await lives.evaluate(drawnColumns)).toBe(await lives.evaluate((canvas) => canvas.clientWidth));
  const next = history.overview.next(LONG + 12_344, StepFlag.denied, 1)!;
  await player.button("Next: denied").click();
  await player.shows(next);
  const before = history.overview.next(next, StepFlag.denied, -1)!;
  await player.button("Previous: denied").click();
  await player.shows(before);
  const most = history.overview.highestOf("allocated").value.toLocaleString("en");
  const curve = page.locator(".fl-curve", { hasText: "Allocated" });
  expect(await curve.locator(".fl-tick").first().innerText()).toBe(`${most} B`);
  await player.slider.press("Home");
  await player.shows(0);
  await player.slider.press("End");
  await player.shows(history.length);
  expect(await player.squares(46)).toBe(digits(history, history.length));
  await page.screenshot({ path: ".lab/screenshots/long-run.png", fullPage: true });
  await page.getByText("Why this block?").click();
  await page.getByText("A run of more than a million steps does not branch off here").waitFor();
  expect(errors).toEqual([]);
  await page.close();
});
