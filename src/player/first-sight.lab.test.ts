import { expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { OriginalHeap } from "../heap/original-heap";
import { History } from "../run/history";
import { sharedBrowser } from "../tools/testing/index";
import { cellColours, mount, openPage, payloadOf, seek, shows } from "./testing/player-page";

const browser = sharedBrowser();

function runOn(heap: FreeList | OriginalHeap): History {
  const history = History.of(heap);
  for (let i = 0; i < 10; i++) heap.malloc(64);
  return history.stop();
}

test("opens at the step that the output chose, and plays from the first", async () => {
  const at = await openPage(browser());
  await mount(at, { ...payloadOf({ "": runOn(new FreeList(1024, 16)) }, { speed: 1 }), poster: 7 });
  await shows(at, 7);
  await at.page.getByRole("button", { name: "Play" }).click();
  await shows(at, 1);
  await at.page.getByRole("button", { name: "Pause" }).click();
  await at.page.getByRole("button", { name: "Step forward" }).click();
  await at.page.getByRole("button", { name: "Play" }).click();
  await shows(at, 3);
  await at.page.close();
});

test("colours blocks, but the original program's heap black and white", async () => {
  const at = await openPage(browser());
  await mount(at, payloadOf({ "": runOn(new FreeList(1024, 16)) }));
  expect(new Set(await cellColours(at, 8)).size).toBe(7);
  await mount(at, payloadOf({ "": runOn(new OriginalHeap(1024, 16)) }));
  expect(new Set(await cellColours(at, 8))).toEqual(new Set(["0,0,0", "255,255,255"]));
  await at.page.close();
});

test("says where a step happened that lies outside of what is shown, and shows it", async () => {
  const heap = new FreeList(2 ** 24, 16);
  const history = History.of(heap);
  for (let i = 0; i < 8; i++) heap.malloc(2 ** 21);
  const at = await openPage(browser());
  await mount(at, payloadOf({ "": history }, { step: 1 }));
  const note = at.page.locator(".fl-window");
  for (let i = 0; i < 2; i++) await at.page.getByRole("button", { name: "Zoom in on this step" }).click();
  await seek(at, 8);
  await expect.poll(() => note.innerText()).toContain("This step's block is behind it, at 14,680,064.");
  await at.page.getByRole("button", { name: "Show it" }).click();
  await expect.poll(() => note.innerText()).not.toContain("This step's block");
  await at.page.getByRole("button", { name: "Whole heap" }).click();
  await expect.poll(() => note.innerText()).toContain("Addresses 0 to 16,777,215");
  await at.page.close();
});

test("stands still when it gets the keys, so that the click that gave them meets what was pressed", async () => {
  const at = await openPage(browser());
  for (const width of [1000, 880, 830, 780, 600]) {
    await at.page.setViewportSize({ width, height: 900 });
    await mount(at, payloadOf({ "": runOn(new FreeList(1024, 16)) }));
    const panels = at.page.locator(".fl-panels").last();
    await at.page.waitForTimeout(400); // The player fits itself into the page a moment after it is mounted.
    const before = (await panels.boundingBox())!.y;
    await at.page
      .locator(".fl-player")
      .last()
      .evaluate((player: HTMLElement) => player.focus({ preventScroll: true }));
    expect((await panels.boundingBox())!.y, `${width} px`).toBe(before);
  }
  await at.page.close();
});
