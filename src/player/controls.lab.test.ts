import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { seededRandom } from "../random/seeded-random";
import { firstDifference } from "../run/first-difference";
import { History } from "../run/history";
import { replay } from "../run/replay";
import { stepFlags } from "../run/step-flags";
import { sharedBrowser } from "../tools/testing/index";
import { randomRequests } from "../workload/shapes";
import { mount, openPage, payloadOf, publishedRun, shows, stepOf } from "./testing/player-page";

const browser = sharedBrowser();

describe("playing", () => {
  test("goes to the end, stops, and starts again from the first step", async () => {
    const at = await openPage(browser());
    await mount(at, payloadOf({ "": publishedRun() }, { speed: 60, rest: false }));
    await at.page.getByRole("button", { name: "Play" }).click();
    await shows(at, 100);
    await at.page.getByRole("button", { name: "Play" }).click();
    await at.page.getByRole("button", { name: "Pause" }).click();
    expect(await stepOf(at)).toBeLessThan(100);
    await at.page.close();
  });

  test("rests on notable steps unless that is switched off", async () => {
    const at = await openPage(browser());
    const time = async (rest: boolean) => {
      await mount(at, payloadOf({ "": publishedRun() }, { speed: 60, rest, step: 60 }));
      const started = Date.now();
      await at.page.getByRole("button", { name: "Play" }).click();
      await shows(at, 100);
      return Date.now() - started;
    };
    expect(await time(true)).toBeGreaterThan(1.8 * (await time(false)));
    await at.page.close();
  });
});

describe("mouse and keyboard", () => {
  test("step, jump and scrub", async () => {
    const history = publishedRun();
    const at = await openPage(browser());
    await mount(at, payloadOf({ "": history }, { step: 0 }));
    await at.page.getByRole("button", { name: "Step forward" }).click();
    await shows(at, 1);
    await at.page.getByRole("button", { name: "Next: split" }).click();
    const flags = stepFlags(history);
    const split = flags.findIndex((bits, step) => step > 1 && (bits & 1) !== 0);
    await shows(at, split);
    await at.page.getByRole("button", { name: "Next: split" }).click();
    await at.page.getByRole("button", { name: "Previous: split" }).click();
    await shows(at, split);
    await at.page.getByRole("button", { name: "Last step" }).click();
    await shows(at, 100);
    await at.page.getByRole("button", { name: "Step back" }).click();
    await shows(at, 99);
    const slider = at.page.getByRole("slider");
    const box = (await slider.boundingBox())!;
    await at.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await shows(at, 50);
    const number = at.page.getByRole("spinbutton", { name: "Step" });
    await number.fill("73");
    await number.press("Enter");
    await shows(at, 73);
    await number.fill("5000");
    await number.press("Enter");
    await shows(at, 100);
    expect(await number.inputValue()).toBe("100");
    await at.page.close();
  });

  test("keys work wherever the focus is in the player, and go no further", async () => {
    const at = await openPage(browser());
    await mount(at, payloadOf({ "": publishedRun() }, { speed: 1 }));
    await at.page.evaluate(() => {
      (globalThis as { heard?: number }).heard = 0;
      document.addEventListener("keydown", () => {
        (globalThis as { heard?: number }).heard!++;
      });
    });
    for (const focus of [".fl-stage", "input[type=range]", "button[aria-label='Step back']"]) {
      await at.page.locator(focus).focus();
      await at.page.keyboard.press("Home");
      await shows(at, 0);
      await at.page.keyboard.press("ArrowRight");
      await at.page.keyboard.press("ArrowRight");
      await at.page.keyboard.press("ArrowLeft");
      await shows(at, 1);
      await at.page.keyboard.press("End");
      await shows(at, 100);
    }
    await at.page.locator(".fl-stage").focus();
    await at.page.keyboard.press("Home");
    await at.page.keyboard.press("Space");
    await at.page.getByRole("button", { name: "Pause" }).waitFor();
    await at.page.keyboard.press("Space");
    await at.page.getByRole("button", { name: "Play" }).waitFor();
    expect(await at.page.evaluate(() => (globalThis as { heard?: number }).heard)).toBe(0);
    await at.page.close();
  });
});

test("the panels show the free list in its order, and curves and lives on which a click goes to a step", async () => {
  const heap = new FreeList(1024, 16, { order: "lifo" });
  const history = History.of(heap);
  const blocks = [1, 2, 3, 4, 5].map(() => heap.malloc(48)!);
  heap.free(blocks[3]!);
  heap.free(blocks[1]!);
  const at = await openPage(browser(), { height: 2200 });
  await mount(at, payloadOf({ "": history.stop() }, { step: "end", panels: ["strip"] }));
  const listed = [...history.cursor().seek(7).holes()].map(({ address, size }) => [
    `${size}`,
    `at ${address}`,
  ]);
  expect(await at.page.locator(".fl-panel svg text.fl-label").allTextContents()).toEqual([
    "list",
    ...listed.flat(),
  ]);
  expect(await at.page.locator(".fl-hole").count()).toBe(3);
  for (const name of ["Metrics over time", "The whole run: space and time"]) {
    await at.page.getByText(name).click();
    const target = at.page.locator("details", { hasText: name }).locator(".fl-time").last();
    const box = (await target.boundingBox())!;
    await at.page.mouse.click(box.x + (box.width * 3) / 7, box.y + 10);
    await shows(at, 3);
    await at.page.getByRole("button", { name: "Last step" }).click();
    await shows(at, 7);
  }
  expect(at.errors).toEqual([]);
  await at.page.close();
});

test("runs side by side mark the first step in which they differ", async () => {
  const trace = randomRequests(seededRandom("side by side"), {
    requests: [16, 48, 64, 160, 320, 400, 512, 640, 80, 96, 112, 128],
    steps: 600,
    mallocProbability: 0.6,
  });
  const runs: Record<string, History> = {};
  for (const fit of ["first", "best", "worst"] as const) {
    const heap = new FreeList(4096, 16, { fit });
    runs[fit] = History.of(heap);
    replay(trace, heap);
    runs[fit]!.stop();
  }
  const at = await openPage(browser());
  await mount(at, payloadOf(runs, { step: 0 }));
  await at.page.getByRole("button", { name: "On to the first difference" }).click();
  await shows(at, firstDifference(Object.values(runs))!);
  await at.page.close();
});
