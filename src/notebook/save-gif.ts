import type { History } from "../run/history";
import { cellPixels, drawCells } from "./draw-cells";
import { encodeGif, type GifFrame } from "./encode-gif";
import { type HeapCells, heapCells } from "./heap-cells";
import { writeWhole } from "./write-whole";

/** What of a run becomes an animation. Every option has a default. */
export interface GifOptions {
  /** First step, from 0 on. Default 0, the heap before the first operation. */
  readonly from?: number;
  /** Last step. Default: the last of the run. */
  readonly to?: number;
  /** Steps from one picture to the next, 1 or more. Default: 1, or as many as keep it to about 300 pictures. */
  readonly every?: number;
  /** Milliseconds that a picture stays, from 20 to 10,000; default 120. The last one stays for two seconds. */
  readonly delay?: number;
  /** Width in pixels, from 64 to 2,048; default 330. Cells are whole pixels, so it may come out smaller. */
  readonly width?: number;
}

/**
 * Saves a run as an animated GIF, for slides and web sites that take no scripts. A growable heap is drawn at the size that it
 * has at the end.
 * @param path the file; one that is there is replaced
 * @throws RangeError for an option that is not allowed; TypeError for a path that is no text; Error when the file cannot be
 * written, which leaves nothing half-written.
 */
export function saveGif(history: History, path: string, options: GifOptions = {}): void {
  const from = integer("from", options.from ?? 0, 0, history.length);
  const to = integer("to", options.to ?? history.length, from, history.length);
  const every = integer("every", options.every ?? Math.max(1, Math.ceil((to - from) / 300)), 1, Infinity);
  const delay = integer("delay", options.delay ?? 120, 20, 10_000);
  const width = integer("width", options.width ?? 330, 64, 2048);
  writeWhole(path, encodeGif(frames(history, { from, to, every, delay, width })));
}

function* frames(history: History, options: Required<GifOptions>): Generator<GifFrame> {
  const { from, to, every, delay, width } = options;
  const cursor = history.cursor();
  const { side } = heapCells(cursor.seek(to).heap);
  const pixels = cellPixels(side, width);
  for (let step = from; step < to; step += every) {
    yield { picture: drawCells(widened(heapCells(cursor.seek(step).heap), side), pixels), delay };
  }
  yield { picture: drawCells(heapCells(cursor.seek(to).heap), pixels), delay: 2000 };
}

/** All pictures of an animation have one size: cells that a growable heap does not have yet are no memory. */
function widened(cells: HeapCells, side: number): HeapCells {
  if (cells.side === side) return cells;
  const free = new Uint8Array(side * side);
  free.set(cells.free.subarray(0, Math.min(cells.count, free.length)));
  return { side, count: Math.min(cells.count, free.length), free };
}

function integer(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Infinity ? `${least} or more` : `from ${least} to ${most}`;
  throw new RangeError(
    `options.${name} must be an integer ${range}, not ${value}; leave it out for the default.`,
  );
}
