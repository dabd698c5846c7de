import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { savePlayground } from "../../notebook/playground";
import { openFile } from "../../notebook/testing/pages";
import { readLink, writeLink } from "../../playground/link";
import { parseCalls } from "../../playground/parse-calls";
import { FIRST_STATE, withCalls } from "../../playground/state";
import { expectAccessible, sharedBrowser, sharedFolder } from "../../tools/testing/index";
import { ShownPlayground } from "./testing/shown-playground";

const CALLS = parseCalls(
  "a = malloc(300); b = malloc(200); c = malloc(100); free(b); d = malloc(160); free(a); e = malloc(400); f = malloc(250); free(f)",
);
const LAST_FIT = "(holes, size) => holes.filter((hole) => hole.size >= size).at(-1)";

const scratch = sharedFolder();
const browser = sharedBrowser();

const verdict = (page: Page) => page.locator(".fl-verdict");

async function says(page: Page, text: RegExp): Promise<void> {
  await expect.poll(() => verdict(page).textContent(), { timeout: 20_000 }).toMatch(text);
}

async function write(page: Page, code: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(code);
}

test("a fit of one's own is written, runs, plays beside others, and goes into the link", async () => {
  const { page, errors, asked } = await openFile(
    browser(),
    savePlayground(join(scratch, "playground.html"), { link: writeLink(withCalls(FIRST_STATE, CALLS)) }),
  );
  const shown = await new ShownPlayground(page.locator("body")).ready();
  const first = await shown.blocks();
  await page.getByRole("combobox", { name: "Fit", exact: true }).selectOption("custom");
  await says(page, /^Serves/);
  expect(await shown.blocks()).toEqual(first);
  await write(page, LAST_FIT);
  await expect.poll(() => shown.blocks(), { timeout: 20_000 }).not.toEqual(first);
  expect(await shown.shown()).toBe(9);
  await page.getByRole("button", { name: "Play best fit beside your policy" }).click();
  await expect
    .poll(() => page.locator(".fl-player .fl-name").allTextContents())
    .toEqual(expect.arrayContaining(["your policy", "best fit"]));
  if (process.env.SHOTS)
    await page.screenshot({ path: `${process.env.SHOTS}/own-beside.png`, fullPage: true });

  // A call more is asked of the policy at once; its block is in the strip.
  await page.getByLabel("Bytes", { exact: true }).last().fill("16");
  await shown.button("Allocate").click();
  await expect.poll(() => shown.shown(), { timeout: 20_000 }).toBe(10);

  const link = await shown.share("Copy link");
  expect(readLink(link)).toMatchObject({ code: LAST_FIT, heap: { options: { fit: "custom" } } });

  await write(page, "(holes) => {\n  throw null;\n}");
  await says(page, /^Operation 1, a = malloc\(300\), line 2: The policy throws null\.$/);
  await write(page, "() => { for (;;) {} }");
  await says(page, /^Operation 1, a = malloc\(300\), line 1: A run must come to its end within 1 second/);
  await page.keyboard.press("Control+z");
  await says(page, /line 2: The policy throws null\.$/);
  expect(errors).toEqual([]);
  expect(asked).toEqual([]);
});

test.each(["light", "dark"] as const)(
  "code of a link runs after a click only; %s, accessible at every width",
  async (theme) => {
    const state = withCalls(
      { ...FIRST_STATE, code: LAST_FIT, heap: { ...FIRST_STATE.heap, options: { fit: "custom" } } },
      CALLS,
    );
    const { page, errors, asked } = await openFile(
      browser(),
      savePlayground(join(scratch, `${theme}.html`), { link: writeLink(state), theme }),
    );
    const shown = await new ShownPlayground(page.locator("body")).ready();
    await page.getByText("This policy came with a link.").waitFor();
    expect(await page.locator(".cm-content").innerText()).toContain(LAST_FIT);
    await page.waitForTimeout(500);
    expect(await page.locator("iframe").count()).toBe(0);
    const before = await shown.blocks();
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/own-untrusted-${theme}.png`, fullPage: true });
    await expectAccessible(page);
    await shown.button("Run this code").click();
    await says(page, /^Serves/);
    await expect.poll(() => shown.blocks()).not.toEqual(before);
    for (const width of [1280, 600, 400]) {
      await page.setViewportSize({ width, height: 900 });
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/own-${theme}-${width}.png`, fullPage: true });
      await expectAccessible(page);
    }
    expect(errors).toEqual([]);
    expect(asked).toEqual([]);
  },
);
