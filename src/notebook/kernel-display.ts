import type { Markup } from "../base/markup";

/** A place in a cell's output that can be filled again and again: the part of tslab's `Display` that is used here. */
export interface KernelDisplay {
  html(markup: string): void;
}

interface Tslab {
  readonly display: KernelDisplay;
  newDisplay(): KernelDisplay;
}

/** What tslab, and the browser's kernel in its place, puts where code that is no cell finds it. */
interface Kernel {
  /** What the cells have declared, by its name. */
  readonly exports: Record<string, unknown>;
  require(name: string): unknown;
}

/** The kernel that runs this program; undefined outside of a notebook. */
export function runningKernel(): Kernel | undefined {
  return (globalThis as { __tslab__?: Kernel }).__tslab__;
}

/**
 * The displays of the kernel that runs this program: tslab in Node, or the browser's, which puts itself where tslab does. They are
 * asked of the kernel itself, not of `require("tslab")`: a kernel that is installed elsewhere would be another copy, which no
 * cell writes to.
 * @throws Error outside of a notebook of either.
 */
export function kernelDisplays(): Tslab {
  const kernel = runningKernel();
  if (!kernel) {
    throw new Error(
      "Only a cell of a tslab notebook can show this; elsewhere use saveHtml, savePng or saveGif.",
    );
  }
  return kernel.require("tslab") as Tslab;
}

/**
 * Shows markup in the cell's output, or in a display of its own. Its first line is blank: of an output that is folded JupyterLab shows the
 * first line as a text, and the markup of a picture is nothing to read.
 * @throws Error outside of a notebook
 */
export function displayHtml(markup: Markup, display: KernelDisplay = kernelDisplays().display): void {
  display.html(` \n${markup}`);
}
