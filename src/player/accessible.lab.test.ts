import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import type { Heap } from "../heap/heap";
import { History } from "../run/history";
import { expectAccessible, sharedBrowser } from "../tools/testing/index";
import { PANEL_TITLES, type PlayerOptions, type PlayerPanel } from "./player-options";
import { mount, openPage, type PlayerPage, payloadOf, publishedRun } from "./testing/player-page";

const browser = sharedBrowser();

const sizes = [40, 100, 200, 24, 64, 30, 90];

function run(fit: "first" | "best" = "first"): History {
  const heap: Heap = new FreeList(1024, 16, { fit, header: 8 });
  const history = History.of(heap);
  const addresses = sizes.map((size, i) => {
    history.label(i % 2 === 0 ? "parser" : "printer");
    return heap.malloc(size)!;
  });
  for (const i of [1, 3, 5]) heap.free(addresses[i]!);
  heap.malloc(50);
  heap.malloc(900);
  return history.stop();
}

const panels = Object.keys(PANEL_TITLES) as PlayerPanel[];

describe.each(["light", "dark"])("in the %s theme nothing is inaccessible", (theme) => {
  let at: PlayerPage;
  beforeAll(async () => {
    at = await openPage(browser(), { dark: theme === "dark", height: 1200 });
  });
  afterAll(() => at?.page.close());

  const open = async (options: PlayerOptions, runs: Record<string, History> = { "": run() }) =>
    await mount(at, payloadOf(runs, options, "A title"));
  const check = async () => {
    await expectAccessible(at.page.locator(".fl-player"));
    expect(at.errors).toEqual([]);
  };

  test("of the player alone, of the original program's and of a denied request", async () => {
    await open({ step: 9 });
    await check();
    await open({ step: "end" }, { "": publishedRun() });
    await check();
    await open({ step: "end" });
    await check();
  });

  test.each(panels)("of the panel %s", async (panel) => {
    for (const step of [9, 11, "end"] as const) {
      await open({ panels: [panel], step });
      await check();
    }
  });

  test("in the middle of a decision, with a choice of another fit pointed at, and a branch beside it", async () => {
    await open({ panels: ["why", "strip"], step: 11 });
    await at.page.locator(".fl-micro").nth(2).click();
    await at.page.locator(".fl-what-if tbody tr").last().hover();
    await check();
    await at.page.getByRole("button", { name: "Branch off with best fit from this step" }).click();
    await expect.poll(() => at.page.locator("figure").count()).toBe(2);
    await check();
  });

  test("with a block picked, and the heap as code", async () => {
    await open({ panels: ["find", "strip"], step: 9 });
    await at.page.getByLabel("Address or block").fill("200");
    await at.page.getByRole("button", { name: "Find" }).click();
    await at.page.getByRole("button", { name: "Copy this heap as code" }).click();
    await check();
  });

  test.each([600, 1200])("of two runs with all panels at %i pixels", async (width) => {
    await at.page.setViewportSize({ width, height: 1200 });
    await open({ panels, step: 9 }, { "first fit": run(), "best fit": run("best") });
    await check();
  });
});
