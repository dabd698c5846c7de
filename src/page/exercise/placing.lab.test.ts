import { join } from "node:path";
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bestPlacement } from "../../exercise/placing/best-placement";
import { beTheAllocator } from "../../exercise/placing/placing-game";
import { savePlacing } from "../../notebook/placing";
import { openFile } from "../../notebook/testing/pages";
import { writeNotebook } from "../../notebook/testing/write-notebook";
import {
  expectAccessible,
  openNotebook,
  sharedBrowser,
  sharedFolder,
  sharedLab,
} from "../../tools/testing/index";
import type { Hand } from "./testing/give-answer";

const scratch = sharedFolder();
const browser = sharedBrowser();

/** Places the next block at an address, or turns its request down. */
async function place(game: Locator, address: number | null, hand: Hand, heapSize: number): Promise<void> {
  const { keyboard, mouse } = game.page();
  const strip = game.getByRole("slider");
  if (address === null) {
    const down = game.getByRole("button", { name: "Turn it down" });
    if (hand === "mouse") return await down.click();
    await down.focus();
    return await keyboard.press("Enter");
  }
  if (hand === "keyboard") {
    await strip.focus();
    await keyboard.press("Home");
    while (Number(await strip.getAttribute("aria-valuenow")) < address) await keyboard.press("ArrowRight");
    expect(await strip.getAttribute("aria-valuenow")).toBe(String(address));
    return await keyboard.press("Enter");
  }
  await strip.scrollIntoViewIfNeeded();
  const box = (await strip.boundingBox())!;
  const size = Number(/of (\d+) bytes/.exec((await strip.getAttribute("aria-label"))!)![1]);
  const x = box.x + ((address + size / 2) / heapSize) * box.width;
  await mouse.move(x, box.y + 15);
  await expect.poll(() => strip.getAttribute("aria-valuenow")).toBe(String(address));
  await mouse.click(x, box.y + 15);
}

/** Plays the best placement of a stream to its end. */
async function playBest(
  view: Locator,
  options: { level: 1 | 2 | 3; seed: string },
  hand: Hand,
): Promise<void> {
  const game = beTheAllocator(options);
  const { heapSize, unit, calls } = game.task;
  const best = bestPlacement(heapSize, unit, calls);
  for (const address of best.placements) {
    const { message } = game.place(address);
    await place(view, address, hand, heapSize);
    await expect.poll(() => view.getByRole("status").textContent()).toBe(message);
  }
  const score = view.getByRole("region", { name: "Score" });
  expect(await score.getByRole("heading").textContent()).toBe(game.score()!.message);
  expect(await score.getByRole("heading").evaluate((node) => node === document.activeElement)).toBe(true);
  expect(await score.locator("tbody tr").count()).toBe(2 + game.score()!.policies.length);
  expect(await score.locator(".fl-frames > li").count()).toBe(best.placements.length);
}

test.each([
  ["mouse", "light", 1],
  ["keyboard", "dark", 2],
  ["mouse", "dark", 3],
] as const)("a saved page is played to its end by %s, %s, level %d", async (hand, theme, level) => {
  const options = { level, seed: "Ada" };
  const path = savePlacing(join(scratch, `${hand}-${level}.html`), { ...options, theme });
  const { page, errors, asked } = await openFile(browser(), path);
  const view = page.locator(".fl-exercise");
  await view.waitFor();
  expect(await page.locator(".fl-page").textContent()).not.toContain("Whoever knows the stream beforehand");
  await expectAccessible(page);
  // A placement is taken back.
  const { task } = beTheAllocator(options);
  await place(view, 0, hand, task.heapSize);
  await view.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => view.locator(".fl-prompt").textContent()).toContain("Request 1 of");
  await playBest(view, options, hand);
  await expectAccessible(page);
  for (const width of [600, 400]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await view.getByRole("button", { name: "Begin anew" }).click();
  await expect.poll(() => view.locator(".fl-prompt").textContent()).toContain("Request 1 of");
  expect(await view.getByRole("slider").evaluate((node) => node === document.activeElement)).toBe(true);
  await view.getByRole("button", { name: "Another stream" }).click();
  const other = beTheAllocator({ level, seed: "Ada 2" }).next!;
  await expect
    .poll(() => view.locator(".fl-prompt code").textContent())
    .toContain(`malloc(${other.request})`);
  expect(errors).toEqual([]);
  expect(asked).toEqual([]);
  await page.close();
});

describe("in JupyterLab", () => {
  const lab = sharedLab();
  test("a cell is played, by keys that reach no other cell", async () => {
    writeNotebook(join(lab().folder, "place.ipynb"), [
      `import { placing } from "freelist-lab";`,
      `placing({ level: 1, seed: "Ada" })`,
    ]);
    const notebook = await openNotebook(browser(), lab(), lab().path("place.ipynb"));
    await notebook.runAll();
    const area = await notebook.output(1);
    await area.locator(".fl-exercise").waitFor();
    await playBest(area, { level: 1, seed: "Ada" }, "keyboard");
    await expectAccessible(area.locator(".fl-page"));
    expect(notebook.consoleErrors).toEqual([]);
    await notebook.close();
  });
});
