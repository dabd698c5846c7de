import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { heapFrom } from "../heap/heap-from";
import { decisionAt } from "../run/decision/decision-at";
import { History } from "../run/history";
import { sharedBrowser } from "../tools/testing/index";
import { mount, openPage, payloadOf, shows } from "./testing/player-page";

const browser = sharedBrowser();

function run(): History {
  const heap = new FreeList(1024, 16, { header: 8, base: 4096 });
  const history = History.of(heap);
  for (const [i, size] of [40, 100, 200, 24].entries()) {
    history.label(i % 2 === 0 ? "parser" : "printer");
    heap.malloc(size);
  }
  heap.free(4096 + 48 + 8);
  return history.stop();
}

describe("a block's life", () => {
  test("is told of the block that is clicked in the picture or in the strip, and leads to its birth and its end", async () => {
    const at = await openPage(browser(), { height: 1500 });
    await mount(at, payloadOf({ "": run() }, { step: 3, panels: ["strip"] }));
    const told = at.page.locator(".fl-life");
    const box = (await at.page.locator(".fl-square").boundingBox())!;
    await at.page.mouse.click(box.x + (box.width * 3.5) / 8, box.y + box.height / 16);
    await expect
      .poll(() => told.innerText())
      .toMatch(/^The block at 4,144 has 112 bytes, its payload at 4,152\./);
    expect(await told.innerText()).toContain(
      "printer asked for 100 bytes + 8 of header + 4 of rounding at step 2",
    );
    const mark = at.page.locator(".fl-overlay path[data-mark=picked]");
    expect(await mark.getAttribute("data-address")).toBe("4144");
    await at.page.getByRole("button", { name: "Its end: step 5" }).click();
    await shows(at, 5);
    expect(await mark.count()).toBe(0);
    await at.page.getByRole("button", { name: "Its birth: step 2" }).click();
    await shows(at, 2);
    expect(await mark.count()).toBe(1);
    const strip = (await at.page.locator(".fl-bar").boundingBox())!;
    await at.page.mouse.click(strip.x + 8, strip.y + 8);
    await expect.poll(() => told.innerText()).toMatch(/^The block at 4,096 has 48 bytes/);
    await at.page.getByRole("button", { name: "Forget it" }).click();
    await expect.poll(() => mark.count()).toBe(0);
    expect(at.errors).toEqual([]);
    await at.page.close();
  });

  test("is told of the cell that the keyboard has reached", async () => {
    const at = await openPage(browser(), { height: 1500 });
    await mount(at, payloadOf({ "": run() }, { step: 3 }));
    await at.page.locator(".fl-stage").focus();
    for (let i = 0; i < 5; i++) await at.page.keyboard.press("Shift+ArrowRight");
    await at.page.keyboard.press("Enter");
    await expect.poll(() => at.page.locator(".fl-life").innerText()).toMatch(/^The block at 4,144/);
    await at.page.close();
  });
});

describe("an address", () => {
  test.each(["4200", "4,200", "0x1068"])(
    "is found as %s, and another one is said not to be there",
    async (text) => {
      const at = await openPage(browser(), { height: 1500 });
      await mount(at, payloadOf({ "": run() }, { step: 3, panels: ["find"] }));
      const field = at.page.getByLabel("Address or block");
      const told = at.page.locator(".fl-life");
      await field.fill(text);
      await field.press("Enter");
      await expect.poll(() => told.innerText()).toMatch(/^The block at 4,144/);
      await field.fill("12");
      await field.press("Enter");
      expect(await told.innerText()).toBe("12 is not in the heap: it has the addresses 4,096 to 5,119.");
      await field.fill("twelve");
      await field.press("Enter");
      expect(await told.innerText()).toContain("An address is a number");
      await at.page.close();
    },
  );

  test("in a heap of more pages than cells is zoomed to", async () => {
    const heap = new FreeList(2 ** 32, 4096);
    const history = History.of(heap);
    for (let i = 1; i <= 40; i++) heap.malloc(i * 3_000_000);
    const at = await openPage(browser(), { height: 1500 });
    await mount(at, payloadOf({ "": history.stop() }, { step: "end", panels: ["find"] }));
    await at.page.getByLabel("Address or block").fill("2000000000");
    await at.page.getByRole("button", { name: "Find" }).click();
    await expect.poll(() => at.page.locator(".fl-window").innerText()).toMatch(/one cell is 4 pages/);
    expect(await at.page.locator(".fl-overlay path[data-mark=picked]").count()).toBe(1);
    await at.page.close();
  });

  test("is written as the reader chose, everywhere: in sentences, decision, strip, tip and life", async () => {
    const history = run();
    const at = await openPage(browser(), { height: 1800 });
    await mount(at, payloadOf({ "": history }, { step: 3, panels: ["why", "strip", "find", "space-time"] }));
    await at.page.getByLabel("Address or block").fill("4200");
    await at.page.getByRole("button", { name: "Find" }).click();
    await at.page.getByRole("combobox", { name: "Addresses" }).selectOption("hexadecimal");
    const texts = decisionAt(history, 3, { notation: "hexadecimal" }).map(({ text }) => text);
    await expect.poll(() => at.page.locator(".fl-micro").allInnerTexts()).toEqual(texts);
    expect(await at.page.locator(".fl-says").textContent()).toContain("malloc(0xc8)");
    expect(await at.page.locator(".fl-life").innerText()).toContain("payload at 0x1038");
    const box = (await at.page.locator(".fl-square").boundingBox())!;
    await at.page.mouse.move(box.x + 5, box.y + 5);
    expect(await at.page.locator(".fl-tip").innerText()).toContain("Address 0x1000 to 0x100f");
    const player = await at.page.locator(".fl-panels").innerText();
    expect(player).not.toMatch(/\b4,\d{3}\b/);
    expect(at.errors).toEqual([]);
    await at.page.close();
  });
});

test("the heap as code is what makes it again in a cell", async () => {
  const history = run();
  const at = await openPage(browser(), { height: 1500 });
  await mount(at, payloadOf({ "": history }, { step: 5, panels: ["find"] }));
  await at.page.getByRole("button", { name: "Copy this heap as code" }).click();
  const code = await at.page.getByLabel("The heap as code").inputValue();
  const again: FreeList = new Function("heapFrom", `return (${code}\n)`)(heapFrom);
  const there = history.cursor().seek(5).heap;
  expect(again.snapshot().state).toEqual(there.snapshot().state);
  await at.page.close();
});

test("blocks are coloured by who asked for them, and the legend names them", async () => {
  const at = await openPage(browser(), { height: 1500 });
  await mount(at, payloadOf({ "": run() }, { step: 4, colour: "label" }));
  expect(await at.page.locator(".fl-legend").first().innerText()).toMatch(/parser\s*printer\s*free/);
  await at.page.close();
});
