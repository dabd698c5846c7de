import { describe, expect, test } from "vitest";
import { FreeList } from "../heap/free-list";
import { seededRandom } from "../random/seeded-random";
import { History } from "../run/history";
import { replay } from "../run/replay";
import { sharedBrowser } from "../tools/testing/index";
import { randomRequests } from "../workload/shapes";
import { mount, openPage, type PlayerPage, payloadOf, seek } from "./testing/player-page";

const browser = sharedBrowser();

/** So many runs of one workload. */
function runs(count: number): Record<string, History> {
  const trace = randomRequests(seededRandom("fit"), {
    requests: [16, 48, 64, 160, 320, 400, 512, 640, 80, 96, 112, 128],
    steps: 200,
    mallocProbability: 0.6,
  });
  const made: Record<string, History> = {};
  for (const fit of (["first", "best", "worst", "next"] as const).slice(0, count)) {
    const heap = new FreeList(4096, 16, { fit, header: 8 });
    made[`${fit} fit`] = History.of(heap);
    replay(trace, heap);
  }
  return made;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the parts of that class are. */
async function boxes({ page }: PlayerPage, selector: string): Promise<Box[]> {
  return await page.locator(selector).evaluateAll((nodes) =>
    nodes.map((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      return { left, right, top, bottom };
    }),
  );
}

const screens = [
  // What JupyterLab leaves for outputs on a screen of 1280 × 720, with and without its side bar.
  { width: 1130, height: 599 },
  { width: 880, height: 599 },
  { width: 1280, height: 720 },
  { width: 1920, height: 959 },
];

describe.each(screens)("in a page of $width × $height", (screen) => {
  test.each([1, 2])("picture, sentence and controls of %i are seen together", async (count) => {
    const at = await openPage(browser(), screen);
    await mount(at, payloadOf(runs(count), {}, "A title"));
    const parts = (
      await Promise.all([".fl-square", ".fl-says", ".fl-controls"].map((s) => boxes(at, s)))
    ).flat();
    const top = (await boxes(at, ".fl-player"))[0]!.top;
    for (const box of parts) expect(box.bottom - top).toBeLessThanOrEqual(screen.height - 8);
    const square = (await boxes(at, ".fl-square"))[0]!;
    expect(square.bottom - square.top).toBeGreaterThanOrEqual(220);
    await at.page.close();
  });
});

test("two runs stand side by side from 432 pixels on, three and four where each has 180", async () => {
  for (const [count, width, columns] of [
    [2, 448, 2],
    [2, 900, 2],
    [3, 640, 3],
    [4, 820, 4],
    [4, 600, 2],
  ] as const) {
    const at = await openPage(browser(), { width, height: 720 });
    await mount(at, payloadOf(runs(count)));
    const figures = await boxes(at, "figure");
    expect(new Set(figures.map(({ left }) => left)).size, `${count} at ${width}`).toBe(columns);
    await at.page.close();
  }
});

test.each([1, 2, 4])(
  "at 600 pixels nothing of %i is cut or overlaps, and figures stand in columns",
  async (count) => {
    const at = await openPage(browser(), { width: 600, height: 720 });
    await mount(at, payloadOf(runs(count), { panels: ["strip", "metrics", "space-time"] }));
    expect(await at.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(600);
    for (const selector of ["dd", ".fl-values span", ".fl-row > *", ".fl-says"]) {
      for (const { left, right } of await boxes(at, selector)) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(600);
      }
    }
    for (const facts of await at.page.locator(".fl-facts").all()) {
      const ends = await facts
        .locator("dd")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
      expect(new Set(ends).size).toBe(1);
    }
    const values = await at.page
      .locator(".fl-values")
      .evaluateAll((all) => all.map((one) => one.firstElementChild!.getBoundingClientRect().right));
    expect([...new Set(values)]).toHaveLength(1);
    await at.page.close();
  },
);

test.each([600, 1000])("slider, curves and lives have one time axis at %i pixels", async (width) => {
  const at = await openPage(browser(), { width, height: 900 });
  await mount(at, payloadOf(runs(2), { panels: ["metrics", "space-time"] }));
  for (const step of [0, 33, 100]) {
    await seek(at, step);
    const [slider] = await boxes(at, "input[type=range]");
    const steps = await at.page
      .locator("input[type=range]")
      .evaluate((node) => (node as HTMLInputElement).max);
    const thumb = slider!.left + 8 + (step / Number(steps)) * (slider!.right - slider!.left - 16);
    const cursors = await boxes(at, ".fl-cursor");
    expect(cursors.length).toBe(8 + 2);
    for (const { left, right } of cursors) expect(Math.abs((left + right) / 2 - thumb)).toBeLessThan(1);
  }
  await at.page.close();
});

test("a heap of 64 pages fills the room that a larger one has, and lines tell its pages apart", async () => {
  const at = await openPage(browser(), { width: 1000, height: 720 });
  const sizes: number[] = [];
  for (const pages of [64, 2048]) {
    const heap = new FreeList(4 * pages, 4);
    const history = History.of(heap);
    heap.malloc(40);
    await mount(at, payloadOf({ "": history }));
    const [square] = await boxes(at, ".fl-square");
    sizes.push(square!.right - square!.left);
    expect((await at.page.locator(".fl-pages").getAttribute("d")) !== "").toBe(pages === 64);
  }
  expect(sizes[0]).toBeGreaterThanOrEqual(sizes[1]!);
  await at.page.close();
});
