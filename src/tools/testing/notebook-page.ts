import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { labFolder } from "../paths";
import type { CellOutput } from "./app";
import { watchConsole } from "./console";

/** What serves notebooks to a browser: a JupyterLab of `startLab`, or a site of `startSite`. */
export interface NotebookHost {
  /** The address at which a notebook is opened; for null, the one of the application without any. */
  address(path: string | null): string;
  /** Ends all kernels that run. */
  endKernels(): Promise<void>;
  /** The last that the server said. */
  log(): string;
}

/** A cell of an opened notebook, as it is at the moment. */
export interface CellState {
  /** Position in the notebook, from 0 on. */
  readonly index: number;
  readonly type: "code" | "markdown" | "raw";
  readonly source: string;
  /** The number in its prompt; null when it was not executed. */
  readonly executionCount: number | null;
  /** False when its outputs are shown without their scripts. */
  readonly trusted: boolean;
  readonly outputs: readonly CellOutput[];
  /** The kernel's answer to the last `Run All`; null when it has none yet. */
  readonly answer: "ok" | "error" | null;
}

/** How a notebook is opened. */
export interface OpenOptions {
  /** Default "light". */
  readonly theme?: "light" | "dark";
  /** False opens it without starting a kernel. Default true. */
  readonly kernel?: boolean;
  /** For the browser's context: viewport, offline, reduced motion. The default viewport is 1280 × 900. */
  readonly context?: BrowserContextOptions;
}

/**
 * Opens a notebook in a tab of a new browser context, and waits until it is shown and its kernel is ready. A copy that
 * was not run yet is untrusted, as everything that a user has not run themselves.
 * @param path the path by which the server knows the notebook: `lab.path("01-….ipynb")` or `lab.add(file)`
 */
export async function openNotebook(
  browser: Browser,
  lab: NotebookHost,
  path: string,
  { theme = "light", kernel = true, context: contextOptions }: OpenOptions = {},
): Promise<NotebookPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextOptions });
  const page = await context.newPage();
  const errors = watchConsole(page);
  const notebook = new NotebookPage(page, lab, path, errors);
  await notebook.load(kernel);
  await notebook.setTheme(theme);
  return notebook;
}

/** How long a kernel may take to come up, in milliseconds; on a busy machine it takes five seconds. */
const kernelWait = 30_000;

/** An opened notebook. `page` is Playwright's: whatever is not here can be done with it. */
export class NotebookPage {
  constructor(
    readonly page: Page,
    readonly lab: NotebookHost,
    readonly path: string,
    /** Errors on the page's console so far; a test asserts at its end that there are none. */
    readonly consoleErrors: readonly string[],
  ) {}

  /**
   * Loads JupyterLab with this notebook anew, as after closing the browser; all that is not saved is lost. A kernel that does
   * not come up (Jupyter chooses its ports before it starts it, and another process can be quicker to take one) is ended and
   * started again, with a warning that says what the server said.
   */
  async load(kernel = true): Promise<void> {
    await this.open(kernel);
    for (let tries = 1; kernel && !(await this.kernelReady()); tries++) {
      const status = await this.page.evaluate(
        () => window.jupyterapp.shell.currentWidget?.sessionContext.session?.kernel?.status,
      );
      const report = `The kernel of ${this.path} is "${status}" after ${kernelWait / 1000} s:\n${this.lab.log()}`;
      if (tries === 3) throw new Error(report);
      console.warn(report);
      await this.lab.endKernels();
      await this.open(kernel);
    }
  }

  private async open(kernel: boolean): Promise<void> {
    const { page, lab, path } = this;
    await page.goto(lab.address(kernel ? path : null));
    await page.waitForFunction(() => window.jupyterapp !== undefined);
    await page.evaluate(async () => await window.jupyterapp.restored);
    if (!kernel) await page.evaluate(openWithoutKernel, path);
    await page.waitForFunction((path) => window.jupyterapp.shell.currentWidget?.context?.path === path, path);
    await page.evaluate(async () => await window.jupyterapp.shell.currentWidget?.context.ready);
  }

  /** Waits until the kernel answers; false when it does not. */
  private async kernelReady(): Promise<boolean> {
    const answered = this.page.waitForFunction(
      () => window.jupyterapp.shell.currentWidget?.sessionContext.session?.kernel?.status === "idle",
      undefined,
      { timeout: kernelWait },
    );
    return await answered.then(
      () => true,
      () => false,
    );
  }

  /** Every cell as it is now. */
  async cells(): Promise<CellState[]> {
    return await this.page.evaluate(readCells);
  }

  /**
   * Clicks "Run All Cells" in the Run menu, waits for the kernel's answer to every cell, and asserts that each succeeded.
   * @param timeout in milliseconds; default four minutes
   * @returns the cells
   * @throws Error that shows the first cell which failed and what it printed
   */
  async runAll(timeout = 240_000): Promise<CellState[]> {
    await this.clickRunAll();
    return await this.allSucceeded(timeout);
  }

  /** Clicks "Run All Cells" in the Run menu and does not wait: for tests of what is shown meanwhile. */
  async clickRunAll(): Promise<void> {
    await this.kernelReady();
    await this.page.evaluate(noteAnswers);
    await this.page.getByRole("menuitem", { name: "Run", exact: true }).click();
    await this.page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
  }

  /** Waits until every cell of the last "Run All" is done, and asserts that each succeeded. See `runAll`. */
  async allSucceeded(timeout = 240_000): Promise<CellState[]> {
    await this.page.waitForFunction(everyCellAnswered, undefined, { timeout });
    const cells = await this.cells();
    const failed = cells.find((cell) => cell.answer === "error");
    if (failed) {
      const printed = failed.outputs.map((output) => [output.text ?? []].flat().join("")).join("");
      throw new Error(`Cell ${failed.index} of ${this.path} failed:\n${failed.source}\n\n${printed}`);
    }
    return cells;
  }

  /**
   * The output area of a cell, scrolled into view: JupyterLab keeps cells that are far away out of the page. One that is folded away is
   * opened.
   * @param index the cell's position in the notebook, from 0 on
   */
  async output(index: number): Promise<Locator> {
    await this.page.evaluate(scrollToCell, index);
    const cell = this.page.locator(`.jp-Cell[data-windowed-list-index="${index}"]`);
    await cell.first().waitFor({ state: "attached" });
    const folded = cell.locator(".jp-OutputPlaceholder");
    if ((await folded.count()) > 0) await folded.click();
    const area = cell.locator(".jp-OutputArea").first();
    await area.waitFor({ state: "attached" });
    await area.scrollIntoViewIfNeeded();
    return area;
  }

  /** Changes JupyterLab's theme, and waits until it is applied. */
  async setTheme(theme: "light" | "dark"): Promise<void> {
    const name = theme === "dark" ? "JupyterLab Dark" : "JupyterLab Light";
    await this.page.evaluate(async (theme) => {
      await window.jupyterapp.commands.execute("apputils:change-theme", { theme });
    }, name);
    await this.page.waitForFunction(
      (light) => document.body.dataset.jpThemeLight === light,
      String(theme === "light"),
    );
  }

  /** True when JupyterLab shows the outputs of every code cell with their scripts. */
  async isTrusted(): Promise<boolean> {
    return (await this.cells()).every((cell) => cell.type !== "code" || cell.trusted);
  }

  /** Trusts the notebook, as the user does: by the command, and "Trust" in its dialog. */
  async trust(): Promise<void> {
    const { page } = this;
    await page.evaluate(() => void window.jupyterapp.commands.execute("notebook:trust"));
    await page.locator(".jp-Dialog").getByRole("button", { name: "Trust" }).click();
    await page.waitForFunction(() =>
      window.jupyterapp.shell.currentWidget?.content.widgets.every(
        ({ model }) => model.type !== "code" || model.trusted,
      ),
    );
  }

  /** Saves the notebook into the lab's folder. */
  async save(): Promise<void> {
    await this.page.evaluate(async () => await window.jupyterapp.shell.currentWidget?.context.save());
  }

  /** Saves, ends the kernel and opens the notebook again in a page loaded anew, without a kernel by default. */
  async reopen({ kernel = false } = {}): Promise<void> {
    await this.save();
    await this.page.evaluate(
      async () => await window.jupyterapp.shell.currentWidget?.sessionContext.shutdown(),
    );
    await this.load(kernel);
  }

  /**
   * Takes a picture of the page.
   * @param name of the file, without its ending; it goes to .lab/screenshots/
   * @returns its path
   */
  async screenshot(name: string): Promise<string> {
    const path = join(labFolder, "screenshots", `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }

  /** Closes the tab and its browser context. The kernel runs on until the lab is stopped. */
  async close(): Promise<void> {
    await this.page.context().close();
  }
}

// What follows runs in the page.

async function openWithoutKernel(path: string): Promise<void> {
  await window.jupyterapp.commands.execute("docmanager:open", {
    path,
    factory: "Notebook",
    kernelPreference: { shouldStart: false, canStart: false },
  });
}

/** Notes the kernel's answers by the id of the cell that was asked for. */
function noteAnswers(): void {
  const answers = new Map<string, string>();
  const asked = new Map<string, string>();
  window.freelistLabAnswers = answers;
  window.jupyterapp.shell.currentWidget?.sessionContext.session?.kernel?.anyMessage.connect(
    (_, { msg, direction }) => {
      if (window.freelistLabAnswers !== answers) return;
      const { msg_type, msg_id } = msg.header;
      if (direction === "send" && msg_type === "execute_request")
        asked.set(msg_id, msg.metadata.cellId ?? "");
      const cell = asked.get(msg.parent_header.msg_id ?? "");
      if (msg_type === "execute_reply" && cell) answers.set(cell, msg.content.status ?? "");
    },
  );
}

function everyCellAnswered(): boolean {
  const answers = window.freelistLabAnswers ?? new Map<string, string>();
  const widgets = window.jupyterapp.shell.currentWidget?.content.widgets ?? [];
  const code = widgets.filter(
    ({ model }) => model.type === "code" && model.sharedModel.getSource().trim() !== "",
  );
  return (
    [...answers.values()].some((answer) => answer !== "ok") ||
    code.every(({ model }) => answers.has(model.id))
  );
}

function readCells(): CellState[] {
  const widgets = window.jupyterapp.shell.currentWidget?.content.widgets ?? [];
  return widgets.map(({ model }, index) => {
    const answer = window.freelistLabAnswers?.get(model.id);
    return {
      index,
      type: model.type as CellState["type"],
      source: model.sharedModel.getSource(),
      executionCount: model.executionCount ?? null,
      trusted: model.trusted,
      outputs: model.toJSON().outputs ?? [],
      answer: answer === undefined ? null : answer === "ok" ? "ok" : "error",
    };
  });
}

async function scrollToCell(index: number): Promise<void> {
  const notebook = window.jupyterapp.shell.currentWidget?.content;
  if (!notebook) return;
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, "start");
}
