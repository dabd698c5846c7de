import { describe, expect, test } from "vitest";
import { BuddySystem } from "../heap/buddy-system";
import { FreeList } from "../heap/free-list";
import { alternatives } from "../run/alternatives";
import { branch } from "../run/branch";
import { decisionAt } from "../run/decision/decision-at";
import { cellBytes, gridOf } from "../run/grid";
import { History } from "../run/history";
import { sharedBrowser } from "../tools/testing/index";
import { marksOf, marksOfAlternative } from "./marks";
import { mount, openPage, type PlayerPage, payloadOf, seek, shows } from "./testing/player-page";

const browser = sharedBrowser();

/** A heap with holes of 32, 96 and 48 bytes between blocks, and one of 272 at its top, and what is asked of it then. */
function run(options: ConstructorParameters<typeof FreeList>[2], act: (heap: FreeList) => void): History {
  const heap = new FreeList(1024, 16, options);
  const blocks = [64, 32, 64, 96, 64, 48, 384].map((size) => heap.malloc(size)!);
  for (const i of [1, 3, 5]) heap.free(blocks[i]!);
  const history = History.of(heap);
  act(heap);
  return history.stop();
}

function buddyRun(): History {
  const heap = new BuddySystem(1024, 16);
  const history = History.of(heap);
  heap.malloc(100);
  heap.malloc(30);
  return history.stop();
}

/** Runs whose last operation is the decision to be walked through. */
const decisions: Readonly<Record<string, History>> = {
  "a first fit": run({ header: 8 }, (heap) => heap.malloc(50)),
  "a best fit": run({ fit: "best", order: "lifo" }, (heap) => heap.malloc(30)),
  "a denied request": run({}, (heap) => heap.malloc(300)),
  "a free that merges": run({}, (heap) => heap.free(96)),
  "a deferred coalescing": run({ coalesce: "deferred" }, (heap) => {
    heap.free(96);
    heap.malloc(300);
  }),
  "a buddy system's": buddyRun(),
};

/** What the page marks: in the picture, in the strip, and the record of the list. */
async function marked({
  page,
}: PlayerPage): Promise<Record<"picture" | "strip" | "cells" | "list", string[]>> {
  return await page.evaluate(() => {
    const textsOf = (selector: string, ...names: string[]) =>
      Array.from(document.querySelectorAll<SVGElement | HTMLElement>(selector), ({ dataset }) =>
        names.map((name) => dataset[name]).join(" "),
      );
    const overlay = ".fl-overlay path[data-mark]";
    return {
      picture: textsOf(overlay, "mark", "address", "size"),
      cells: textsOf(overlay, "first", "end"),
      strip: textsOf(".fl-bar [data-mark]", "mark", "address", "size"),
      list: textsOf(".fl-hole:not([data-mark=''])", "record"),
    };
  });
}

/** Compares what is marked with a step of the decision. */
async function compare(at: PlayerPage, history: History, step: number, place: number): Promise<void> {
  const told = decisionAt(history, step)[place]!;
  const marks = marksOf(told);
  const { picture, strip, cells, list } = await marked(at);
  const texts = marks.map(({ kind, address, size }) => `${kind} ${address} ${size}`);
  expect(picture, told.text).toEqual(texts);
  expect(strip, told.text).toEqual(texts);
  const grid = gridOf(0, 1024, 16);
  const each = cellBytes(grid);
  expect(cells).toEqual(
    marks.map(({ address, size }) => `${Math.floor(address / each)} ${Math.ceil((address + size) / each)}`),
  );
  if (told.record !== null && !(told.kind === "list" && told.added === null))
    expect(list, told.text).toContain(String(told.record));
  const current = at.page.locator(".fl-micro[aria-current=step]");
  expect(await current.innerText()).toBe(told.text);
  expect(await at.page.locator(".fl-heard").textContent()).toContain(told.text);
}

async function waitFor({ page }: PlayerPage, place: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const all = [...document.querySelectorAll(".fl-micro")];
    return all.findIndex((one) => one.hasAttribute("aria-current")) === wanted;
  }, place);
}

describe.each(["light", "dark"])("in the %s theme", (theme) => {
  test.each(Object.entries(decisions))(
    "%s decision is walked to its end by keyboard, and back by mouse",
    async (_, history) => {
      const at = await openPage(browser(), { dark: theme === "dark", height: 1200 });
      await mount(at, payloadOf({ "": history }, { step: "end", panels: ["why", "strip"] }));
      const steps = decisionAt(history, history.length);
      await at.page.locator(".fl-legend").first().click();
      for (const place of steps.keys()) {
        await at.page.keyboard.press("ArrowDown");
        await waitFor(at, place);
        await compare(at, history, history.length, place);
      }
      for (const place of [...steps.keys()].reverse()) {
        await at.page.locator(".fl-micro").nth(place).click();
        await waitFor(at, place);
        await compare(at, history, history.length, place);
      }
      expect(at.errors).toEqual([]);
      await at.page.close();
    },
  );
});

test("walking on behind a decision's end comes to the next operation, and back to the one before", async () => {
  const history = decisions["a deferred coalescing"]!;
  const at = await openPage(browser());
  await mount(at, payloadOf({ "": history }, { step: 1, panels: ["why"] }));
  const count = decisionAt(history, 1).length;
  await at.page.locator(".fl-micro").last().click();
  await waitFor(at, count - 1);
  await at.page.keyboard.press("ArrowDown");
  await shows(at, 2);
  await waitFor(at, 0);
  await compare(at, history, 2, 0);
  await at.page.keyboard.press("ArrowUp");
  await shows(at, 1);
  await waitFor(at, count - 1);
  await at.page.getByRole("button", { name: "All of it" }).click();
  await waitFor(at, -1);
  expect((await marked(at)).picture).toEqual([]);
  await at.page.close();
});

test("the picture shows the heap as it is in the middle of the operation", async () => {
  const at = await openPage(browser());
  const history = decisions["a first fit"]!;
  await mount(at, payloadOf({ "": history }, { step: "end", panels: ["why"], colour: "original" }));
  const cells = async () =>
    await at.page.locator(".fl-plot").evaluate((node) => {
      const [trace] = (node as HTMLElement & { data: { z: Float32Array[] }[] }).data;
      return trace!.z.flatMap((row) => Array.from(row, (cell) => (cell > 0 ? 0 : 1)));
    });
  const steps = decisionAt(history, 1);
  const split = steps.findIndex(({ kind }) => kind === "split");
  const cursor = history.cursor();
  for (const place of steps.keys()) {
    await at.page.locator(".fl-micro").nth(place).click();
    await waitFor(at, place);
    expect(await cells()).toEqual(
      cursor
        .seek(place < split ? 0 : 1)
        .heap.asMatrix()
        .flat(),
    );
  }
  await at.page.close();
});

test("playing step by step of each decision goes through them all", async () => {
  const history = decisions["a deferred coalescing"]!;
  const at = await openPage(browser());
  await mount(at, payloadOf({ "": history }, { step: 0, speed: 60, panels: ["why"] }));
  await at.page.getByLabel("Play it step by step").check();
  expect(await at.page.getByLabel("Speed").locator("option:checked").innerText()).toBe("2 steps/s");
  await at.page.getByLabel("Speed").selectOption("60 steps/s");
  await at.page.locator(".fl-play").click();
  await waitFor(at, decisionAt(history, 2).length - 1);
  await shows(at, 2);
  await at.page.getByRole("button", { name: "Play", exact: true }).waitFor();
  await at.page.close();
});

describe("what if", () => {
  test("each fit's choice is marked while it is pointed at or has the focus", async () => {
    const history = decisions["a first fit"]!;
    const at = await openPage(browser(), { height: 1200 });
    await mount(at, payloadOf({ "": history }, { step: "end", panels: ["why", "strip"] }));
    const { fits } = alternatives(history, 1);
    for (const [i, one] of fits.entries()) {
      const row = at.page.locator(".fl-what-if tbody tr").nth(i);
      expect(await row.innerText()).toContain(`${one.hole!.size} at ${one.hole!.address}`);
      const texts = marksOfAlternative(one).map(({ kind, address, size }) => `${kind} ${address} ${size}`);
      await row.hover();
      await expect.poll(async () => (await marked(at)).strip).toEqual(texts);
      expect((await marked(at)).picture).toEqual(texts);
      await at.page.mouse.move(0, 0);
      await expect.poll(async () => (await marked(at)).strip).toEqual([]);
      await row.focus();
      await expect.poll(async () => (await marked(at)).picture).toEqual(texts);
      await at.page.locator(".fl-stage").focus();
    }
    await at.page.close();
  });

  test("a click plays the run on under another fit beside it; it can be removed again", async () => {
    const history = run({}, (heap) => {
      for (const size of [40, 90, 30, 200, 16]) heap.malloc(size);
    });
    const at = await openPage(browser(), { width: 1200, height: 1200 });
    await mount(at, payloadOf({ "": history }, { step: 2, panels: ["why"] }));
    await at.page.getByRole("button", { name: "Branch off with best fit from this step" }).click();
    await expect.poll(() => at.page.locator("figure").count()).toBe(2);
    expect(await at.page.locator("figure .fl-name").last().innerText()).toMatch(/^best fit from step 2 on/);
    const other = branch(history, 1, { fit: "best" });
    for (const step of [2, 5, 3]) {
      await seek(at, step);
      const { event } = other.cursor().seek(step - 1);
      const says = await at.page.locator(".fl-says").last().innerText();
      expect(says.replaceAll(",", "")).toContain(`block is at ${(event as { address: number }).address}`);
    }
    await seek(at, 1);
    expect(await at.page.locator(".fl-says").last().innerText()).toBe("This run branches off at step 1.");
    await seek(at, 3);
    for (const fit of ["next", "worst"]) {
      await at.page.getByRole("button", { name: `Branch off with ${fit} fit from this step` }).click();
    }
    await expect.poll(() => at.page.locator("figure").count()).toBe(4);
    await expect.poll(() => at.page.locator(".fl-what-if").innerText()).toContain("4 runs are shown already");
    for (let left = 3; left >= 1; left--) {
      await at.page
        .getByRole("button", { name: /^Remove/ })
        .last()
        .click();
      await expect.poll(() => at.page.locator("figure").count()).toBe(left);
    }
    expect(await at.page.getByRole("button", { name: /^Remove/ }).count()).toBe(0);
    expect(at.errors).toEqual([]);
    await at.page.close();
  });
});

test("a run branches off under a whole policy, also at a step that searches for nothing", async () => {
  const history = run({}, (heap) => heap.free(96));
  const at = await openPage(browser(), { width: 1200, height: 1200 });
  await mount(at, payloadOf({ "": history }, { step: "end", panels: ["why"] }));
  const button = at.page.getByRole("button", { name: "Branch off", exact: true });
  await expect.poll(() => button.isDisabled()).toBe(true);
  await at.page.getByLabel("Go on with this order").selectOption("lifo");
  await at.page.getByLabel("Go on with this coalescing").selectOption("never");
  await button.click();
  await expect.poll(() => at.page.locator("figure").count()).toBe(2);
  expect(await at.page.locator("figure .fl-name").last().innerText()).toMatch(
    /^lifo order, never coalescing from step \d+ on/,
  );
  const other = branch(history, history.length - 1, { order: "lifo", coalesce: "never" });
  await expect
    .poll(() => at.page.locator(".fl-facts").last().innerText())
    .toMatch(new RegExp(`Holes\\s+${other.cursor().seek(1).heap.holeCount}\\b`));
  expect(at.errors).toEqual([]);
  await at.page.close();
});

test("at 600 pixels nothing of the panel is cut", async () => {
  for (const history of Object.values(decisions)) {
    const at = await openPage(browser(), { width: 600, height: 800 });
    await mount(at, payloadOf({ "": history }, { step: "end", panels: ["why", "strip"] }));
    expect(await at.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(600);
    for (const part of await at.page.locator(".fl-why-panel :is(button,td,th,li)").all()) {
      const box = await part.boundingBox();
      if (box) expect(box.x + box.width).toBeLessThanOrEqual(600);
    }
    await at.page.close();
  }
});
