import { html, script } from "../base/markup";
import { checkNames } from "../base/wrong-argument";
import type { Heap } from "../heap/heap";
import { heapHtml, heapText } from "./heap-html";
import { kernelDisplays } from "./kernel-display";

/** How a live view draws. Every option has a default. */
export interface LiveOptions {
  /** Most pictures a second, from 1 to 60; default 40. A loop that draws more often waits. */
  readonly framesPerSecond?: number;
  /** Width of the picture in pixels, from 64 to 2,048; default 330. Cells are whole pixels, so it may come out smaller. */
  readonly width?: number;
}

/** A heap's picture in a cell's output, brought up to date whenever its owner says so. */
export interface LiveView {
  /** Pictures drawn so far. */
  readonly frames: number;
  /**
   * Shows the heap as it is now, in place of the picture before, and settles when the next one may be drawn.
   * Every picture is complete in itself: the last one is what the notebook keeps, also when the cell is interrupted.
   * After an interrupt the promise never settles, which ends the loop that waits for it.
   * @param caption a line of text below the picture; default: how much is allocated, in how many blocks
   * @throws Error outside of a tslab notebook.
   */
  draw(caption?: string): Promise<void>;
}

/**
 * The heap as it changes, as the original program showed it: allocated black, free white, row 0 on top.
 * ```ts
 * const view = liveView(heap);
 * for (const size of requests) {
 *   heap.malloc(size);
 *   await view.draw();
 * }
 * ```
 * All pictures share one output, so the notebook does not grow. A heap of more than 16,384 pages is drawn with many
 * pages a cell, shaded by how much of them is free.
 * @throws TypeError or RangeError for an option that is not allowed.
 */
export function liveView(heap: Heap, options: LiveOptions = {}): LiveView {
  checkNames(options, ["framesPerSecond", "width"]);
  const rate = within("framesPerSecond", options.framesPerSecond ?? 40, 1, 60);
  const width = within("width", options.width ?? 330, 64, 2048);
  const display = kernelDisplays().newDisplay();
  let frames = 0;
  let next = 0;
  return {
    get frames() {
      return frames;
    },
    async draw(caption = heapText(heap)) {
      const picture = heapHtml(heap, caption, width);
      const markup = String(html`<div class="freelist-lab-live">${picture}${script(keepImage)}</div>`);
      display.html(markup);
      frames++;
      const now = performance.now();
      next = Math.max(now, next) + Math.max(1000 / rate, (1000 * markup.length) / mostBytesPerSecond);
      await pauseUnlessInterrupted(next - now);
    },
  };
}

/** Jupyter's server stops passing output on at 1,000,000 bytes a second; large pictures therefore come less often. */
const mostBytesPerSecond = 500_000;

/**
 * Runs in the page with each picture: keeps the `<img>` of the picture before and gives it the new source, since a browser
 * shows a fresh `<img>` empty for a moment. It remembers it at the element whose content the notebook replaces.
 */
const keepImage = `(s=>{const r=s.parentNode,h=r.parentNode,n=r.querySelector("img"),k=h.freelistLabImage;
if(!k){h.freelistLabImage=n;return}
for(const a of n.getAttributeNames())k.setAttribute(a,n.getAttribute(a));n.replaceWith(k)})(document.currentScript)`;

/** The timer of each draw that waits now. */
const waiting = new Set<NodeJS.Timeout>();
let listening = false;

/**
 * A pause that an interrupt of the kernel ends for good: the promise then never settles. tslab gives up the cell's promise
 * on an interrupt, but a loop in it would go on drawing in the background.
 */
function pauseUnlessInterrupted(milliseconds: number): Promise<void> {
  // Not at once: while a cell's synchronous part runs, Node has its own way with SIGINT, and a listener that is added then
  // disables all others.
  setImmediate(listen);
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      resolve();
    }, milliseconds);
    waiting.add(timer);
  });
}

/** For as long as the kernel lives; the kernel has a listener of its own, so SIGINT's default is off anyway. */
function listen(): void {
  if (listening) return;
  listening = true;
  process.on("SIGINT", () => {
    for (const timer of waiting) clearTimeout(timer);
    waiting.clear();
  });
}

function within(name: string, value: number, least: number, most: number): number {
  if (typeof value !== "number")
    throw new TypeError(`options.${name} must be a number, not ${String(value)}.`);
  if (!(value >= least && value <= most)) {
    throw new RangeError(
      `options.${name} must be from ${least} to ${most}, not ${value}; leave it out for the default.`,
    );
  }
  return value;
}
