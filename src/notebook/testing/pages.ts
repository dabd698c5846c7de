import { relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { FreeList } from "../../heap/free-list";
import { seededRandom } from "../../random/seeded-random";
import { History } from "../../run/history";
import { watchConsole } from "../../tools/testing/index";
import { plotlyPackage } from "../plotly-package";

/** Markup in every text that a run can carry; each would set `hurt` if it were read as markup or script. */
export const evil = `</script><script>window.hurt=1</script><img src=x onerror="window.hurt=2"><!--' " \\u003cb>`;

/** A run of `steps` random requests on a heap of `pages` pages of 4 bytes. */
export function randomRun(steps: number, pages = 2048): { heap: FreeList; history: History } {
  const random = seededRandom(`${steps} steps`);
  const heap = new FreeList(4 * pages, 4);
  const history = History.of(heap);
  const live: number[] = [];
  for (let step = 0; step < steps; step++) {
    const address = random.random() < 0.55 ? heap.malloc(4 * random.randint(1, Math.ceil(pages / 20))) : null;
    if (address !== null) live.push(address);
    else if (live.length > 0) heap.free(live.splice(random.randint(0, live.length), 1)[0]!);
    else heap.free(-1);
  }
  return { heap, history };
}

/** The matrix of a run at a step, as digits row by row. */
export const digits = (history: History, step: number) =>
  history.cursor().seek(step).heap.asMatrix().flat().join("");

/** The installed Plotly's path from a page's folder, as in an output of a notebook there; also between folders of the system's. */
export function plotlyNear(folder: string): string {
  return relative(folder, plotlyPackage().file).split(sep).join("/");
}

/**
 * Opens a file from disk with the network off; `asked` has the addresses that it asks for all the same.
 * @param look the window, and the link behind the file's address
 */
export async function openFile(
  browser: Browser,
  path: string,
  { link = "", width = 1280, height = 1000, dark = false } = {},
): Promise<{ page: Page; errors: readonly string[]; asked: string[] }> {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    offline: true,
  });
  const errors = watchConsole(page);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url());
  });
  await page.goto(pathToFileURL(path).href + link);
  return { page, errors, asked };
}
