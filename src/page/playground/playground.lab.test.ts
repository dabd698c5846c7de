import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { savePlayground } from "../../notebook/playground";
import { openFile } from "../../notebook/testing/pages";
import { playgroundCallText } from "../../playground/calls";
import { readLink, writeLink } from "../../playground/link";
import { ostepState } from "../../playground/ostep-state";
import { parseCalls } from "../../playground/parse-calls";
import { exampleState, FIRST_STATE, withCalls } from "../../playground/state";
import { expectAccessible, sharedBrowser, sharedFolder } from "../../tools/testing/index";
import { ShownPlayground } from "./testing/shown-playground";

const scratch = sharedFolder();
const browser = sharedBrowser();
let file: string;

beforeAll(async () => {
  file = savePlayground(join(scratch, "playground.html"), { traces: ["ls"] });
});

interface Opened {
  readonly page: Page;
  readonly play: ShownPlayground;
  readonly errors: readonly string[];
}

/** Opens the saved page; with a link, where that leads. */
async function open(link = "", { width = 1280, dark = false } = {}): Promise<Opened> {
  const { page, errors } = await openFile(browser(), file, { link, width, height: 900, dark });
  page.setDefaultTimeout(10_000);
  return { page, play: await new ShownPlayground(page.locator("body")).ready(), errors };
}

const lines = (text: string) => parseCalls(text).map(playgroundCallText);
const empty = `#${writeLink(FIRST_STATE)}`;

test("begins with an example, whose run is there at once", async () => {
  const { page, play, errors } = await open();
  expect(await play.calls()).toEqual(exampleState().calls.map(playgroundCallText));
  await expect.poll(() => play.shown()).toBe(exampleState().calls.length);
  await play.button("Start anew").click();
  await expect.poll(() => play.blocks()).toEqual([]);
  expect(errors).toEqual([]);
  await page.close();
});

test("begins with the requests of a call of OSTEP's malloc.py", async () => {
  const flags = "-n 10 -H 4 -a 4 -p BEST -s 3 -C";
  const ostep = savePlayground(join(scratch, "ostep.html"), { ostep: flags });
  const { page, errors } = await openFile(browser(), ostep);
  const play = await new ShownPlayground(page.locator("body")).ready();
  expect(await play.calls()).toEqual(ostepState(flags).calls.map(playgroundCallText));
  await expect.poll(() => play.shown()).toBe(0);
  expect(errors).toEqual([]);
  await page.close();
  expect(() => savePlayground(ostep, { ostep: "--help" })).toThrow("makes no requests");
  expect(() => savePlayground(ostep, { ostep: flags, link: "play1-" })).toThrow("not with both");
});

test("keeps the focus when a call follows the one before it within a frame", async () => {
  const { page, play } = await open(
    `#${writeLink(withCalls(FIRST_STATE, parseCalls("a = malloc(100); b = malloc(300)")))}`,
  );
  await play.block("a").focus();
  const focused = await page.evaluate(async () => {
    const block = () => document.querySelector<HTMLElement>("[aria-label^='Block a: ']")!;
    const press = (key: string) =>
      block().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    const drawn = async (done: () => boolean) => {
      for (let i = 0; i < 1000 && !done(); i++) await Promise.resolve();
    };
    press("ArrowUp");
    press("ArrowUp");
    await drawn(() => document.querySelector(".fl-map-wanted") !== null);
    press("Enter");
    await drawn(() => block().ariaLabel!.startsWith("Block a: 144 "));
    block().click();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return document.activeElement?.ariaLabel ?? document.activeElement?.tagName;
  });
  expect(focused).toMatch(/^Block b:/);
  await page.close();
});

describe.each([false, true])("in a page, dark: %s", (dark) => {
  test("is played by mouse: allocate, free by a click, resize by the edge, undo, step, the decision", async () => {
    const { page, play, errors } = await open(empty, { dark });
    await play.area.getByLabel("Request").fill("200");
    for (const step of [1, 2, 3]) {
      await play.button("Allocate").click();
      await expect.poll(() => play.shown()).toBe(step);
    }
    expect(await play.blocks()).toEqual(["a: 208 bytes at 0", "b: 208 bytes at 208", "c: 208 bytes at 416"]);
    await play.block("b").click();
    await expect.poll(() => play.blocks()).toEqual(["a: 208 bytes at 0", "c: 208 bytes at 416"]);

    const grip = (await play.block("a").locator(".fl-map-grip").boundingBox())!;
    const bar = (await play.area.locator(".fl-map-bar").boundingBox())!;
    await page.mouse.move(grip.x + 4, grip.y + grip.height / 2);
    await page.mouse.down();
    await page.mouse.move(bar.x + (bar.width * 320) / 1024, grip.y + 20, { steps: 5 });
    expect(await play.area.locator(".fl-map-foot").textContent()).toContain("a = realloc(a, 320)");
    await page.mouse.up();
    await expect.poll(() => play.blocks()).toEqual(["a: 320 bytes at 0", "c: 208 bytes at 416"]);
    expect(await play.calls()).toEqual(
      lines("a = malloc(200); b = malloc(200); c = malloc(200); free(b); a = realloc(a, 320)"),
    );
    await expect.poll(() => play.area.locator(".fl-asked").textContent()).toBe("realloc(0, 320)");
    expect(await play.area.locator(".fl-micro").count()).toBeGreaterThan(2);
    await expectAccessible(page);

    await play.button("Undo").click();
    await expect.poll(() => play.blocks()).toEqual(["a: 208 bytes at 0", "c: 208 bytes at 416"]);
    await play.button("Redo").click();
    await expect.poll(() => play.shown()).toBe(5);
    await play.button("A step back").click();
    await play.button("A step back").click();
    await expect.poll(() => play.shown()).toBe(3);
    // In the middle of the run, a call is made there, and the others after it.
    await play.block("c").click();
    await expect.poll(() => play.shown()).toBe(4);
    expect(await play.calls()).toEqual(
      lines("a = malloc(200); b = malloc(200); c = malloc(200); free(c); free(b); a = realloc(a, 320)"),
    );
    await play.area.getByRole("slider", { name: "Timeline" }).fill("2");
    await expect.poll(() => play.blocks()).toEqual(["a: 208 bytes at 0", "b: 208 bytes at 208"]);
    await play.button("Cut off the 4 behind").click();
    await expect.poll(() => play.calls()).toEqual(lines("a = malloc(200); b = malloc(200)"));
    expect(errors).toEqual([]);
    await page.close();
  });

  test("is played by keyboard, and the focus is never lost", async () => {
    const { page, play, errors } = await open(empty, { dark });
    const { keyboard } = page;
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.tagName,
      );
    await play.area.getByLabel("Request").focus();
    for (const size of ["100", "300", "60"]) {
      await keyboard.press("ControlOrMeta+a");
      await keyboard.type(size);
      await keyboard.press("Enter");
    }
    await expect
      .poll(() => play.blocks())
      .toEqual(["a: 112 bytes at 0", "b: 304 bytes at 112", "c: 64 bytes at 416"]);
    // The strip comes before the request, and is one stop.
    await keyboard.press("Shift+Tab");
    expect(await focused()).toMatch(/^Block a:/);
    await keyboard.press("ArrowRight");
    expect(await focused()).toMatch(/^Block b:/);
    await keyboard.press("Delete");
    await expect.poll(() => play.blocks()).toEqual(["a: 112 bytes at 0", "c: 64 bytes at 416"]);
    await expect.poll(focused).toMatch(/^Block c:/);
    await keyboard.press("ArrowLeft");
    for (let i = 0; i < 3; i++) await keyboard.press("ArrowUp");
    expect(await play.area.locator(".fl-map-foot").textContent()).toContain("a = realloc(a, 148)");
    await keyboard.press("Escape");
    for (let i = 0; i < 2; i++) await keyboard.press("ArrowUp");
    await keyboard.press("Enter");
    await expect.poll(() => play.blocks()).toEqual(["a: 144 bytes at 0", "c: 64 bytes at 416"]);
    await expect.poll(focused).toMatch(/^Block a: 144/);
    await keyboard.press("Enter");
    await expect.poll(() => play.blocks()).toEqual(["c: 64 bytes at 416"]);
    await expect.poll(focused).toMatch(/^Block c:/);
    await keyboard.press("Enter");
    await expect.poll(() => play.blocks()).toEqual([]);
    await keyboard.press("ControlOrMeta+z");
    await expect.poll(() => play.blocks()).toEqual(["c: 64 bytes at 416"]);
    await keyboard.press("ControlOrMeta+Shift+z");
    await expect.poll(() => play.blocks()).toEqual([]);
    // Tabs, and the original's sliders, whose run follows at once.
    await play.area.getByRole("tab", { name: "Operations" }).focus();
    await keyboard.press("ArrowRight");
    await keyboard.press("Tab");
    await keyboard.press("Tab");
    await keyboard.press("Tab");
    await keyboard.press("ArrowRight");
    await expect.poll(() => play.area.locator(".fl-steps").textContent()).toBe("Step 100 of 100");
    await expect.poll(() => play.shown()).toBe(100);
    await keyboard.press("ArrowRight");
    expect(readLink(await play.share("Copy link")).source).toMatchObject({ mallocProbability: 0.32 });
    expect(errors).toEqual([]);
    await page.close();
  });

  test.each([1280, 600, 400])("every tab is accessible and nothing is cut at %i pixels", async (width) => {
    const { page, play, errors } = await open("", { width, dark });
    for (const name of ["Operations", "Original", "Load"]) {
      await play.area.getByRole("tab", { name }).click();
      await play.area.getByText("More options").click();
      await expectAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, name).toBeLessThanOrEqual(0);
    }
    for (const button of ["Copy link", "As TypeScript"] as const) {
      await play.button(button).click();
      await expectAccessible(page);
    }
    expect(errors).toEqual([]);
    await page.close();
  });
});

test("what is typed runs at every letter, and a slip is one sentence with the place; nothing is lost", async () => {
  const { page, play, errors } = await open(empty);
  await play.operations.pressSequentially("+100,+48,-0,fre");
  expect(await play.errors()).toEqual([
    expect.stringMatching(/^Line 1, column 13: "fre" is no operation; write /),
  ]);
  // The run is that of what could be read.
  await expect.poll(() => play.blocks()).toEqual(["b: 48 bytes at 112"]);
  expect(await play.operations.inputValue()).toBe("+100,+48,-0,fre");
  // A click in the meantime takes the text's place, and undo brings it back.
  await play.block("b").click();
  await expect.poll(() => play.errors()).toEqual([]);
  await play.button("Undo").click();
  expect(await play.operations.inputValue()).toBe("+100,+48,-0,fre");
  await play.operations.fill("4\n2\n1\na 0 512\na 1 128\nf 0");
  await expect.poll(() => play.blocks()).toEqual(["b: 128 bytes at 512"]);
  // What was typed stays as it is, with the call behind it.
  await play.button("Allocate").click();
  await expect
    .poll(() => play.operations.inputValue())
    .toBe("4\n2\n1\na 0 512\na 1 128\nf 0\nc = malloc(100)");
  expect(errors).toEqual([]);
  await page.close();
});

test("every option is chosen, what cannot be is refused in a sentence, and the heap stays", async () => {
  const { page, play, errors } = await open(
    `#${writeLink(withCalls(FIRST_STATE, parseCalls("+100,+40,+200,-0,-2,+30")))}`,
  );
  const heap = async () => readLink(await play.share("Copy link")).heap;
  await play.area.getByText("More options").click();
  for (const [name, value] of [
    ["Fit", "worst"],
    ["Order", "size-descending"],
    ["Coalesce", "never"],
    ["Place", "high"],
  ] as const) {
    await play.area.getByRole("combobox", { name, exact: true }).selectOption(value);
  }
  for (const [name, value] of [
    ["Least remainder", "32"],
    ["Header", "8"],
    ["Align", "8"],
    ["Base", "4096"],
    ["Bytes", "2048"],
  ] as const) {
    const field = play.area.getByRole("spinbutton", { name, exact: true });
    await field.fill(value);
    await field.press("Enter");
  }
  await play.area.getByRole("checkbox", { name: "Grows" }).check();
  const options = {
    fit: "worst",
    order: "size-descending",
    coalesce: "never",
    place: "high",
    leastRemainder: 32,
    header: 8,
    align: 8,
    base: 4096,
    growable: true,
  };
  expect(await heap()).toEqual({ kind: "free-list", heapSize: 2048, pageSize: 16, options });
  await play.button("Coalesce").click();
  expect((await play.calls()).at(-1)).toBe("coalesce()");

  await play.area.getByRole("spinbutton", { name: "Bytes" }).fill("1000");
  await play.area.getByRole("spinbutton", { name: "Bytes" }).press("Enter");
  expect(await play.errors()).toEqual([expect.stringMatching(/1000 is no multiple of 16; 1008 is\.$/)]);
  expect((await heap()).heapSize).toBe(2048);
  await play.button("Undo").click();
  for (const kind of ["segregated-fits", "buddy", "fixed-partitions", "original"]) {
    await play.area.getByRole("combobox", { name: "Heap", exact: true }).selectOption(kind);
    expect((await heap()).kind).toBe(kind);
    expect(await play.errors()).toEqual([]);
  }
  expect(errors).toEqual([]);
  await page.close();
});

test("a workload, a recorded program and a file load with a click", async () => {
  const { page, play, errors } = await open(empty);
  await play.area.getByRole("tab", { name: "Load" }).click();
  await play.area.getByRole("combobox", { name: "Workload" }).selectOption("ramp");
  await play.button("Load").first().click();
  await expect
    .poll(async () => readLink(await play.share("Copy link")).source)
    .toMatchObject({ name: "ramp", seed: "1" });
  await play.button("Another").click();
  expect(readLink(await play.share("Copy link")).source).toMatchObject({ seed: "2" });
  await play.button("Load").last().click();
  await expect.poll(() => play.area.locator(".fl-steps").textContent()).toMatch(/of [1-9],\d\d\d$/);
  await play.area.locator("input[type=file]").setInputFiles({
    name: "short.rep",
    mimeType: "text/plain",
    buffer: Buffer.from("20\n1\n2\n1\na 0 16\nf 0\n"),
  });
  await expect.poll(() => play.area.locator(".fl-steps").textContent()).toBe("Step 2 of 2");
  await play.area.locator("input[type=file]").setInputFiles({
    name: "wrong.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("no trace"),
  });
  await expect.poll(() => play.errors()).toHaveLength(1);
  expect(errors).toEqual([]);
  await page.close();
});

describe("a link", () => {
  test("opens where it was copied, also in a page that is open", async () => {
    const first = await open(empty);
    await first.play.operations.fill("+100,+48,-0,+20");
    await first.play.button("A step back").click();
    const link = await first.play.share("Copy link");
    expect(link).toMatch(/^file:.*playground\.html#play1-[\w-]+$/);
    const second = await open(new URL(link).hash);
    await expect.poll(() => second.play.shown()).toBe(3);
    expect(await second.play.blocks()).toEqual(await first.play.blocks());
    await second.page.evaluate((hash) => {
      location.hash = hash;
    }, empty);
    await expect.poll(() => second.play.blocks()).toEqual([]);
    await second.play.button("Undo").click();
    await expect.poll(() => second.play.blocks()).toEqual(["b: 48 bytes at 112"]);
    for (const { page, errors } of [first, second]) {
      expect(errors).toEqual([]);
      await page.close();
    }
  });

  test("that is damaged is refused in a sentence, and the playground is there", async () => {
    const { page, play, errors } = await open(`${empty.slice(0, -9)}`);
    expect(await play.errors()).toEqual([expect.stringMatching(/playground's link.*damaged or cut short/)]);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("with a fit of its own runs nothing of it", async () => {
    const state = withCalls(
      {
        ...FIRST_STATE,
        heap: { ...FIRST_STATE.heap, options: { fit: "custom" } },
        code: "globalThis.hurt = 1; () => null",
      },
      parseCalls("+100"),
    );
    const { page, play, errors } = await open(`#${writeLink(state)}`);
    expect(await play.blocks()).toEqual(["a: 112 bytes at 0"]);
    expect(await page.evaluate(() => (globalThis as { hurt?: number }).hurt)).toBeUndefined();
    expect(errors).toEqual([]);
    await page.close();
  });
});

test("playing shows each step in the strip, and the player's own choices stay when the run changes", async () => {
  const { page, play, errors } = await open();
  await play.area.getByRole("combobox", { name: "Colours" }).selectOption("size");
  await play.area.getByText("Metrics over time").click();
  await play.button("First step").click();
  await expect.poll(() => play.blocks()).toEqual([]);
  await play.button("Play").click();
  await expect.poll(() => play.shown(), { timeout: 20_000 }).toBe(exampleState().calls.length);
  await play.button("Allocate").click();
  await expect.poll(() => play.shown()).toBe(exampleState().calls.length + 1);
  expect(await play.area.getByRole("combobox", { name: "Colours" }).inputValue()).toBe("size");
  expect(await play.area.locator(".fl-curve").count()).toBeGreaterThan(0);
  expect(errors).toEqual([]);
  await page.close();
});

test("while a slider is moved the picture, the decision and the strip are never gone, and each run is there at once", async () => {
  const { page, play, errors } = await open();
  await play.area.getByRole("tab", { name: "Original" }).click();
  await play.button("The published run").click();
  await expect.poll(() => play.shown()).toBe(100);
  const seen = await page.evaluate(moveSlider, "Seed");
  console.log(`A slider's run is drawn after ${seen.waits.map((wait) => wait.toFixed(0)).join(", ")} ms`);
  expect(seen.frames).toBeGreaterThan(20);
  expect(seen.gone).toEqual([]);
  expect(seen.waits).toHaveLength(20);
  await play.button("Undo").click();
  await expect.poll(() => play.area.getByRole("slider", { name: "Seed" }).inputValue()).toBe("0");
  expect(errors).toEqual([]);
  await page.close();
});

/** Runs in the page: moves a slider twenty times, and looks at every frame whether what belongs there is there. */
async function moveSlider(label: string): Promise<{ frames: number; gone: string[]; waits: number[] }> {
  const parts = [".fl-player .heatmaplayer image", ".fl-micro", ".fl-map-block", ".fl-panel svg rect"];
  const frame = () => new Promise(requestAnimationFrame);
  const slider = [...document.querySelectorAll<HTMLInputElement>("input[type=range]")].find((one) =>
    one.closest("label")?.textContent?.startsWith(label),
  )!;
  const gone: string[] = [];
  const waits: number[] = [];
  let frames = 0;
  for (let value = 1; value <= 20; value++) {
    const picture = document.querySelector(".fl-player .heatmaplayer image")!;
    const before = picture.getAttribute("xlink:href") ?? picture.getAttribute("href");
    const begun = performance.now();
    slider.value = String(value);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    for (let waited = 0; waited < 100; waited++) {
      await frame();
      frames++;
      for (const part of parts) if (!document.querySelector(part)) gone.push(`${part} at ${value}`);
      const now = document.querySelector(".fl-player .heatmaplayer image");
      if ((now?.getAttribute("xlink:href") ?? now?.getAttribute("href")) !== before) break;
    }
    waits.push(performance.now() - begun);
  }
  return { frames, gone, waits };
}
