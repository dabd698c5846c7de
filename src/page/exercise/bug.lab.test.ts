import { join } from "node:path";
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bugHunt } from "../../exercise/bugs/bug-hunt";
import { RULES } from "../../exercise/bugs/rules";
import { WRONG_HEAPS, type WrongHeapName } from "../../exercise/bugs/wrong-heaps";
import { type Call, callText } from "../../exercise/call";
import { saveCatchTheBug } from "../../notebook/catch-the-bug";
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

/** Makes a call by the page's fields and buttons. */
async function make(view: Locator, call: Call, hand: Hand): Promise<void> {
  const { keyboard } = view.page();
  const press = async (name: string) => {
    const button = view.getByRole("button", { name, exact: true });
    if (hand === "mouse") return await button.click();
    await button.focus();
    await keyboard.press("Enter");
  };
  const size = view.getByRole("textbox", { name: "Size" });
  if (call.op !== "free" && hand === "mouse") await size.fill(String(call.request));
  if (call.op !== "free" && hand === "keyboard") {
    await size.focus();
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type(String(call.request));
  }
  if (call.op === "malloc") return hand === "mouse" ? await press("malloc") : await keyboard.press("Enter");
  await view.getByRole("combobox", { name: "Block" }).selectOption(String(call.block));
  await press(call.op === "free" ? "free" : "realloc to the size");
}

/** Names the rule, after a wrong one, and has the fault shown. */
async function solve(view: Locator, name: WrongHeapName, hand: Hand): Promise<void> {
  const { keyboard } = view.page();
  const { rule, fault } = WRONG_HEAPS[name];
  const radios = view.getByRole("radio");
  const texts = await view.locator(".fl-choice").allTextContents();
  const right = texts.indexOf(RULES[rule]);
  const verdict = view.locator(".fl-guess .fl-verdict");
  const choose = async (i: number) => {
    if (hand === "mouse") {
      await radios.nth(i).check();
      await view.getByRole("button", { name: "Check" }).click();
    } else {
      await radios.nth(i).focus();
      await keyboard.press("Space");
      await keyboard.press("Enter");
    }
  };
  await choose((right + 1) % texts.length);
  await expect.poll(() => verdict.textContent()).toBe("It holds to that rule. Try again.");
  expect(await view.textContent()).not.toContain(fault);
  await choose(right);
  await expect.poll(() => verdict.textContent()).toBe("Right: that is the rule.");
  await view.getByRole("button", { name: /^Show the fault/ }).click();
  const solution = view.getByRole("region", { name: "The fault" });
  await solution.waitFor();
  expect(await solution.getByRole("heading").first().textContent()).toBe(fault);
}

const hunts: readonly [
  Hand,
  "light" | "dark",
  WrongHeapName,
  (hunt: ReturnType<typeof bugHunt>) => Call[],
][] = [
  [
    "mouse",
    "light",
    "double-free",
    ({ nextName }) => [
      { op: "malloc", request: 4, as: nextName },
      { op: "free", block: nextName },
      { op: "free", block: nextName },
    ],
  ],
  [
    "keyboard",
    "dark",
    "realloc-always-moves",
    ({ states, nextName }) => {
      // The last block has the hole at the top behind it.
      const { name, size } = states.right.blocks.at(-1)!;
      return [
        { op: "malloc", request: 40, as: nextName },
        { op: "realloc", block: name, request: size + 1 },
      ];
    },
  ],
];

test.each(hunts)(
  "a saved page: by %s, %s, the fault of %s is shown and named",
  async (hand, theme, name, calls) => {
    const hunt = bugHunt({ name, seed: "Ada" });
    const path = saveCatchTheBug(join(scratch, `${hand}.html`), { name, seed: "Ada", theme });
    const { page, errors, asked } = await openFile(browser(), path);
    const view = page.locator(".fl-exercise");
    await view.waitFor();
    expect(await view.locator("tbody tr").count()).toBe(hunt.shown);
    await expectAccessible(page);
    for (const call of calls(hunt)) {
      hunt.make(call);
      await make(view, call, hand);
      await expect.poll(() => view.locator("tbody tr").count()).toBe(hunt.steps.length);
      const { answers } = hunt.steps.at(-1)!;
      expect(await view.locator("tbody tr").last().innerText()).toContain(callText(call));
      expect(await view.locator("tbody tr").last().locator("td").first().textContent()).toBe(answers.wrong);
    }
    expect(hunt.found).toBe(true);
    await expect.poll(() => view.getByRole("status").filter({ hasText: "That shows it." }).count()).toBe(1);
    await solve(view, name, hand);
    await page.locator(".fl-player .heatmaplayer image").waitFor({ timeout: 20_000 });
    expect(await page.locator("details[data-panel=why]").getAttribute("open")).not.toBe(null);
    await expectAccessible(page);
    for (const width of [600, 400]) {
      await page.setViewportSize({ width, height: 800 });
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await view.getByRole("button", { name: "Another allocator" }).click();
    await expect.poll(() => view.getByRole("region", { name: "The fault" }).count()).toBe(0);
    expect(errors).toEqual([]);
    expect(asked).toEqual([]);
    await page.close();
  },
);

describe("in JupyterLab", () => {
  const lab = sharedLab();
  test("a cell is solved, and what findBug says of a class of one's own is played", async () => {
    writeNotebook(join(lab().folder, "bug.ipynb"), [
      `import { catchTheBug, findBug, show } from "freelist-lab";`,
      `catchTheBug({ name: "no-merge-left", seed: 3 })`,
      `class Bump {
  top = 0;
  constructor(readonly size: number) {}
  malloc(request: number): number | null {
    const next = this.top + Math.ceil(request / 4) * 4;
    if (next > this.size) return null;
    const address = this.top;
    this.top = next;
    return address;
  }
  free(address: number | null): boolean {
    return address !== null && address % 4 === 0;
  }
}
show(findBug(Bump))`,
    ]);
    const notebook = await openNotebook(browser(), lab(), lab().path("bug.ipynb"));
    await notebook.runAll();
    const area = await notebook.output(1);
    await area.locator(".fl-exercise").waitFor();
    await solve(area, "no-merge-left", "keyboard");
    await area.locator(".fl-player .heatmaplayer image").waitFor({ timeout: 20_000 });
    await expectAccessible(area.locator(".fl-page"));
    const found = await notebook.output(2);
    await found.locator(".fl-player .heatmaplayer image").waitFor({ timeout: 20_000 });
    expect(await found.locator("p").first().textContent()).toMatch(/^A rule is broken: /);
    expect(await found.locator("details[data-panel=why]").getAttribute("open")).not.toBe(null);
    expect(notebook.consoleErrors).toEqual([]);
    await notebook.close();
  });
});
