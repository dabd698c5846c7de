/** A place in a cell's output that can be filled again and again: the part of tslab's `Display` that is used here. */
export interface KernelDisplay {
  html(markup: string): void;
}

interface Tslab {
  readonly display: KernelDisplay;
  newDisplay(): KernelDisplay;
}

/**
 * The displays of the kernel that runs this program: tslab in Node, or the browser's, which puts itself where tslab does. They are
 * asked of the kernel itself, not of `require("tslab")`: a kernel that is installed elsewhere would be another copy, which no
 * cell writes to.
 * @throws Error outside of a notebook of either.
 */
export function kernelDisplays(): Tslab {
  const kernel = (globalThis as { __tslab__?: { require(name: string): unknown } }).__tslab__;
  if (!kernel) {
    throw new Error(
      "Only a cell of a tslab notebook can show this; elsewhere use saveHtml, savePng or saveGif.",
    );
  }
  return kernel.require("tslab") as Tslab;
}
