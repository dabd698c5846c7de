import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { sharedBrowser } from "../tools/testing/index";
import { mount, openPage, type PlayerPage, payloadOf, shows } from "./testing/player-page";

const browser = sharedBrowser();

function run(): History {
  const heap = new FreeList(1024, 16);
  const history = History.of(heap);
  for (let size = 16; size <= 160; size += 16) heap.malloc(size);
  return history.stop();
}

async function clickMiddle(page: Page, part: Locator): Promise<void> {
  const box = (await part.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** That the announced keys work, from step 5. */
async function keysWork(at: PlayerPage): Promise<void> {
  const { keyboard } = at.page;
  await keyboard.press("Home");
  await shows(at, 0);
  for (let i = 0; i < 6; i++) await keyboard.press("ArrowRight");
  await keyboard.press("ArrowLeft");
  await shows(at, 5);
  await keyboard.press("End");
  await shows(at, 10);
  await keyboard.press("Home");
  await keyboard.press("Space");
  await at.page.getByRole("button", { name: "Pause" }).waitFor();
  await keyboard.press("Space");
  await at.page.getByRole("button", { name: "Play" }).waitFor();
}

describe("a click gives the player the keys", () => {
  const parts = [".fl-square", ".fl-says", ".fl-facts", ".fl-legend", ".fl-track", "summary", ".fl-title"];
  const buttons = ["Step back", "Next: split", "Last step"];

  test.each([...parts, ...buttons.map((name) => `button[aria-label="${name}"]`)])(
    "on %s",
    async (selector) => {
      const at = await openPage(browser());
      await mount(at, payloadOf({ "": run() }, { speed: 1, step: 5 }, "A title"));
      await clickMiddle(at.page, at.page.locator(selector).first());
      await keysWork(at);
      await at.page.close();
    },
  );

  test("after a box was drawn into the picture, and while a number had the focus", async () => {
    const at = await openPage(browser());
    await mount(at, payloadOf({ "": run() }, { speed: 1, step: 5 }));
    await at.page.getByRole("spinbutton").click();
    const box = (await at.page.locator(".fl-square").boundingBox())!;
    await at.page.mouse.move(box.x + 50, box.y + 50);
    await at.page.mouse.down();
    await at.page.mouse.move(box.x + 200, box.y + 200, { steps: 5 });
    await at.page.mouse.up();
    await keysWork(at);
    await at.page.close();
  });

  test("after a speed was chosen by the mouse; one that is chosen by keys keeps them", async () => {
    const at = await openPage(browser());
    await mount(at, payloadOf({ "": run() }, { step: 5 }));
    const speed = at.page.getByLabel("Speed");
    await speed.click();
    await speed.selectOption("1 step/s");
    await keysWork(at);
    await speed.focus();
    await at.page.keyboard.press("ArrowDown");
    expect(await at.page.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
    await at.page.close();
  });

  test("but not the focus that the keyboard moved, and a click beside it takes them away", async () => {
    const at = await openPage(browser());
    await mount(at, payloadOf({ "": run() }, { step: 5 }));
    await at.page.evaluate(() => document.body.append(document.createElement("button")));
    await at.page.getByRole("button", { name: "Step back" }).focus();
    await at.page.keyboard.press("Space");
    await shows(at, 4);
    await at.page.locator("body > button").click();
    await at.page.keyboard.press("End");
    await shows(at, 4);
    await at.page.close();
  });
});
