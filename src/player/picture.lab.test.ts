import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { History } from "../run/history";
import { sharedBrowser } from "../tools/testing/index";
import { cellColours, digitsOf, mount, openPage, payloadOf, publishedRun, seek } from "./testing/player-page";

const browser = sharedBrowser();

/** What the pixels have to be: the matrix, and hatching where there is no memory. */
function expectedDigits(history: History, step: number): string {
  const cursor = history.cursor().seek(step);
  const pages = cursor.heap.capacity / cursor.heap.pageSize;
  return cursor.heap.asMatrix().flat().slice(0, pages).join("");
}

describe("the picture of the original run", () => {
  test("has the pixels of the matrix at steps 0, 1, 50 and 100, forwards and back", async () => {
    const history = publishedRun();
    const at = await openPage(browser());
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
    const at = await openPage(browser());
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
    const at = await openPage(browser());
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

  test("follows the page's theme", async () => {
    const at = await openPage(browser());
    await mount(at, payloadOf({ "": publishedRun() }, { colour: "age", step: 50 }));
    const player = at.page.locator(".fl-player");
    expect(await player.getAttribute("data-dark")).toBeNull();
    await at.page.evaluate(() => document.body.setAttribute("data-jp-theme-light", "false"));
    await expect.poll(() => player.getAttribute("data-dark")).toBe("");
    await expect.poll(async () => (await cellColours(at, 46))[46 * 24]).toBe("40,44,52");
    await at.page.close();
  });
});

test("hovering a cell says address, block, size and who allocated it when", async () => {
  const heap = new FreeList(1024, 16);
  const history = History.of(heap);
  history.label("parser");
  heap.malloc(100);
  const at = await openPage(browser());
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

describe("a heap of more pages than cells", () => {
  function largeRun(): History {
    const heap = new FreeList(2 ** 32, 4096);
    const history = History.of(heap);
    for (let i = 1; i <= 40; i++) heap.malloc(i * 3_000_000);
    return history.stop();
  }

  test("is aggregated, and a box or a button shows single pages again, a double click the whole", async () => {
    const at = await openPage(browser());
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
