import { statSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { OriginalHeap } from "../heap/original-heap";
import { seededRandom } from "../random/seeded-random";
import { firstDifference } from "../run/first-difference";
import { History } from "../run/history";
import { replay } from "../run/replay";
import { startBrowser } from "../tools/testing/index";
import { originalRun, playAsPublished } from "../workload/original-run";
import { randomRequests } from "../workload/shapes";
import {
  bundleFile,
  cellColours,
  digitsOf,
  mount,
  openPage,
  type PlayerPage,
  payloadOf,
  seek,
  shows,
  type TestWindow,
} from "./testing/player-page";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser?.close());

function publishedRun(): History {
  const run = originalRun();
  const heap = new OriginalHeap(8192, 4);
  const history = History.of(heap);
  for (const _ of playAsPublished(run, heap));
  return history.stop();
}

/** What the pixels have to be: the matrix, and hatching where there is no memory. */
function expectedDigits(history: History, step: number): string {
  const cursor = history.cursor().seek(step);
  const pages = cursor.heap.capacity / cursor.heap.pageSize;
  return cursor.heap.asMatrix().flat().slice(0, pages).join("");
}

async function stepOf({ page }: PlayerPage, id = "root"): Promise<number> {
  return await page.evaluate((name) => (globalThis as unknown as TestWindow).players[name]!.step, id);
}

describe("the bundle", () => {
  test("is at most 96 KB", () => {
    expect(statSync(bundleFile).size).toBeLessThanOrEqual(96_000);
  });
});

describe("the picture of the original run", () => {
  test("has the pixels of the matrix at steps 0, 1, 50 and 100, forwards and back", async () => {
    const history = publishedRun();
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": history }));
    for (const step of [0, 1, 50, 100, 50, 1, 0]) {
      await seek(at, step);
      const digits = digitsOf(await cellColours(at, 46));
      expect(digits.slice(0, 2048), `step ${step}`).toBe(expectedDigits(history, step));
    }
    expect(at.errors).toEqual([]);
    await at.page.close();
  });

  test("shows cells without memory as neither allocated nor free", async () => {
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": publishedRun() }, { step: "end" }));
    const hatched = at.page.locator(".fl-square");
    expect(await hatched.evaluate((node) => getComputedStyle(node).backgroundImage)).toContain(
      "linear-gradient",
    );
    const rows = await at.page.locator(".fl-plot").evaluate((node) => {
      const [trace] = (node as HTMLElement & { data: { z: Float32Array[] }[] }).data;
      return Array.from(trace!.z.at(-1)!, Number.isNaN);
    });
    expect(rows).toEqual(Array(46).fill(true));
    await at.page.close();
  });

  test("tells blocks apart by colour", async () => {
    const history = publishedRun();
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": history }, { colour: "block", step: 57 }));
    const colours = await cellColours(at, 46);
    const blocks = [...history.cursor().seek(57).blocks()];
    for (const [i, block] of blocks.entries()) {
      const next = blocks[i + 1];
      if (!next || block.free || next.free) continue;
      expect(colours[next.address / 4], `${block.address}`).not.toBe(colours[block.address / 4]);
    }
    expect(new Set(blocks.filter(({ free }) => free).map(({ address }) => colours[address / 4]))).toEqual(
      new Set(["255,255,255"]),
    );
    await at.page.close();
  });
});

describe("playing", () => {
  test("goes to the end, stops, and starts again from the first step", async () => {
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": publishedRun() }, { speed: 60, rest: false }));
    await at.page.getByRole("button", { name: "Play" }).click();
    await shows(at, 100);
    await at.page.getByRole("button", { name: "Play" }).click();
    await at.page.getByRole("button", { name: "Pause" }).click();
    expect(await stepOf(at)).toBeLessThan(100);
    await at.page.close();
  });

  test("rests on notable steps unless that is switched off", async () => {
    const at = await openPage(browser);
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
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": history }, { step: 0 }));
    await at.page.getByRole("button", { name: "Step forward" }).click();
    await shows(at, 1);
    await at.page.getByRole("button", { name: "Next: split" }).click();
    const { flags } = history.survey().columns;
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
    const at = await openPage(browser);
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

  test("hovering a cell says address, block, size and who allocated it when", async () => {
    const heap = new FreeList(1024, 16);
    const history = History.of(heap);
    history.label("parser");
    heap.malloc(100);
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": history.stop() }, { step: "end" }));
    const box = (await at.page.locator(".fl-square").boundingBox())!;
    await at.page.mouse.move(box.x + 25, box.y + 5);
    const tip = at.page.locator(".fl-tip");
    expect(await tip.innerText()).toBe(
      "Address 0 to 15\nBlock at 0, 112 bytes, asked for 100\nAllocated at step 1 by parser",
    );
    await at.page.mouse.move(box.x + box.width - 5, box.y + 5);
    expect(await tip.innerText()).toBe("Address 112 to 127\nFree: hole at 112, 912 bytes");
    await at.page.mouse.move(0, 0);
    await at.page.locator(".fl-stage").focus();
    for (let i = 0; i < 3; i++) await at.page.keyboard.press("Shift+ArrowRight");
    expect(await tip.innerText()).toMatch(/^Address 32 to 47\nBlock at 0/);
    await at.page.keyboard.press("Shift+ArrowDown");
    expect(await tip.innerText()).toMatch(/^Address 160 to 175\nFree: hole at 112/);
    await at.page.keyboard.press("Escape");
    expect(await tip.isVisible()).toBe(false);
    await at.page.close();
  });
});

describe("a heap of more pages than cells", () => {
  function largeRun(): History {
    const heap = new FreeList(2 ** 32, 4096);
    const history = History.of(heap);
    for (let i = 1; i <= 40; i++) heap.malloc(i * 3_000_000);
    return history.stop();
  }

  test("is aggregated, and a box or a button shows single pages again, a double click the whole", async () => {
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": largeRun() }, { step: "end" }));
    const note = at.page.locator(".fl-window");
    expect(await note.innerText()).toContain("Addresses 0 to 4,294,967,295: one cell is 64 pages.");
    const box = (await at.page.locator(".fl-square").boundingBox())!;
    await at.page.mouse.move(box.x + 100, box.y + 100);
    await at.page.mouse.down();
    await at.page.mouse.move(box.x + 160, box.y + 140, { steps: 5 });
    await at.page.mouse.up();
    await expect.poll(() => note.innerText()).toMatch(/one cell is (4|8|16) pages/);
    const overlay = at.page.locator(".fl-overlay");
    await expect.poll(() => overlay.getAttribute("viewBox")).toMatch(/^0 0 (\d+) \1$/);
    await at.page.mouse.dblclick(box.x + 200, box.y + 200);
    await expect.poll(() => note.innerText()).toContain("one cell is 64 pages");
    const closer = at.page.getByRole("button", { name: "Zoom in on this step" });
    await closer.press("Enter");
    await closer.press("Enter");
    await expect.poll(() => note.innerText()).toContain("one cell is one page");
    await at.page.getByRole("button", { name: "Whole heap" }).click();
    await expect.poll(() => note.innerText()).toContain("one cell is 64 pages");
    expect(at.errors).toEqual([]);
    await at.page.close();
  });
});

describe("the panels", () => {
  test("show the free list in its order, and curves and lives on which a click goes to a step", async () => {
    const heap = new FreeList(1024, 16, { order: "lifo" });
    const history = History.of(heap);
    const blocks = [1, 2, 3, 4, 5].map(() => heap.malloc(48)!);
    heap.free(blocks[3]!);
    heap.free(blocks[1]!);
    const at = await openPage(browser, { height: 2200 });
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

  test("follow the page's theme", async () => {
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": publishedRun() }, { colour: "age", step: 50 }));
    const player = at.page.locator(".fl-player");
    expect(await player.getAttribute("data-dark")).toBeNull();
    await at.page.evaluate(() => document.body.setAttribute("data-jp-theme-light", "false"));
    await expect.poll(() => player.getAttribute("data-dark")).toBe("");
    await expect.poll(async () => (await cellColours(at, 46))[46 * 24]).toBe("40,44,52");
    await at.page.close();
  });
});

describe("several players", () => {
  test("stand on one page, and one is mounted again in its root, also by a second evaluation of the bundle", async () => {
    const at = await openPage(browser);
    const payload = payloadOf({ "": publishedRun() });
    await mount(at, payload, "one");
    await mount(at, payload, "two");
    await seek(at, 7, "one");
    await seek(at, 9, "two");
    expect([await stepOf(at, "one"), await stepOf(at, "two")]).toEqual([7, 9]);
    await at.page.addScriptTag({ path: bundleFile });
    await mount(at, payload, "one");
    expect(await at.page.locator("#one .fl-player").count()).toBe(1);
    expect(await stepOf(at, "two")).toBe(9);
    await seek(at, 10, "two");
    expect(at.errors).toEqual([]);
    await at.page.close();
  });

  test("one that left the document stops, and goes on when it is put back", async () => {
    const at = await openPage(browser);
    await mount(at, payloadOf({ "": publishedRun() }, { speed: 30, rest: false }));
    await at.page.evaluate(async () => {
      const scope = globalThis as unknown as TestWindow & { kept: HTMLElement };
      scope.players.root!.play();
      scope.kept = document.getElementById("root")!;
      scope.kept.remove();
      await new Promise((done) => setTimeout(done, 300));
    });
    const away = await stepOf(at);
    expect(away).toBeLessThan(5);
    expect(await at.page.evaluate(() => (globalThis as unknown as TestWindow).players.root!.playing)).toBe(
      false,
    );
    await at.page.evaluate(() => document.body.append((globalThis as unknown as { kept: HTMLElement }).kept));
    await at.page.getByRole("button", { name: "Step forward" }).click();
    await shows(at, away + 1);
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
    const at = await openPage(browser);
    await mount(at, payloadOf(runs, { step: 0 }));
    await at.page.getByRole("button", { name: "On to the first difference" }).click();
    await shows(at, firstDifference(Object.values(runs))!);
    await at.page.close();
  });
});

describe("what cannot be shown", () => {
  test("leaves the static picture and says why in one line", async () => {
    const at = await openPage(browser);
    const payload = { ...payloadOf({ "": publishedRun() }), version: 99 };
    await expect(mount(at, payload)).rejects.toThrow("version 99");
    expect(await at.page.locator("#root").innerText()).toMatch(
      /^the static picture\s+The player cannot be shown: it reads/,
    );
    await at.page.close();
  });

  test("text from labels, marks and titles stays text", async () => {
    const evil = "<img src=x onerror=alert(1)><b>&amp;</b><script>alert(2)</script>";
    const heap = new FreeList(1024, 16);
    const history = History.of(heap);
    history.label(evil);
    heap.malloc(100);
    history.mark(evil);
    const at = await openPage(browser);
    at.page.on("dialog", (dialog) => {
      throw new Error(dialog.message());
    });
    const runs = { [evil]: history.stop(), other: history };
    await mount(at, payloadOf(runs, { step: "end", panels: ["strip", "metrics", "space-time"] }, evil));
    const box = (await at.page.locator(".fl-square").first().boundingBox())!;
    await at.page.mouse.move(box.x + 5, box.y + 5);
    expect(await at.page.locator(".fl-tip").first().innerText()).toContain(`by ${evil}`);
    expect(await at.page.locator(".fl-says").first().innerText()).toContain(`[${evil}] ${evil}: malloc(100)`);
    expect(await at.page.locator(".fl-title").innerText()).toBe(evil);
    expect(await at.page.locator(".fl-player img, .fl-player b, .fl-player script").count()).toBe(0);
    expect(at.errors).toEqual([]);
    await at.page.close();
  });
});
