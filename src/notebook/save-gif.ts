import { resolve } from "node:path";
import { checkNames } from "../base/wrong-argument";
import type { DrawnPicture } from "./drawn-picture";
import { encodeGif, type GifFrame } from "./encode-picture";
import {
  captionAt,
  checkPictureOptions,
  integerOption,
  type PictureOptions,
  RunPictures,
} from "./run-pictures";
import { labelledRuns, type Runs } from "./runs";
import { writeWhole } from "./write-whole";

/** What becomes an animation, and how. The default width is 330 pixels for a run. */
export interface GifOptions extends PictureOptions {
  /** First step, from 0 on. Default 0, the heap before the first operation. */
  readonly from?: number;
  /** Last step. Default: the last of the longest run. */
  readonly to?: number;
  /** Steps from one picture to the next, 1 or more. Default: 1, or as many as keep it to about 300 pictures. */
  readonly every?: number;
  /** Milliseconds that a picture stays, from 20 to 10,000; default 120. The last one stays for two seconds. */
  readonly delay?: number;
}

const OPTIONS = "from to every delay caption colour width".split(" ");

/**
 * Saves a run as an animated GIF, for slides and web sites that take no scripts; several runs play side by side, each under
 * its name. A growable heap is drawn at the size of its largest.
 * @param path the file; one that is there is replaced
 * @returns where it was saved: the whole path of the file
 * @throws TypeError for something that is no history, or a path that is no text; RangeError for an option that is not allowed;
 * Error when the file cannot be written, which leaves nothing half-written.
 */
export function saveGif(runs: Runs, path: string, options: GifOptions = {}): string {
  checkNames(options, OPTIONS);
  checkPictureOptions(options);
  const labelled = labelledRuns(runs);
  const last = Math.max(...labelled.map(({ history }) => history.length));
  const from = integerOption("from", options.from ?? 0, 0, last);
  const to = integerOption("to", options.to ?? last, from, last);
  const usual = Math.max(1, Math.ceil((to - from) / 300));
  const every = integerOption("every", options.every ?? usual, 1);
  const delay = integerOption("delay", options.delay ?? 120, 20, 10_000);
  const width = integerOption("width", options.width ?? 330, 64, 2048);
  const pictures = new RunPictures(labelled, width, options.colour);
  const steps: number[] = [];
  for (let step = from; step < to; step += every) steps.push(step);
  steps.push(to);
  const captions = steps.map((step) => captionAt(options, step));
  // One height for all: that of the caption with the most lines.
  const tall = Math.max(...[...new Set(captions)].map((text) => pictures.sheet(to, text).height));
  writeWhole(path, encodeGif(frames()));
  return resolve(path);

  function* frames(): Generator<GifFrame> {
    for (const [i, step] of steps.entries()) {
      const picture = heightened(pictures.sheet(step, captions[i]!), tall);
      yield { picture, delay: step === to ? 2000 : delay };
    }
  }
}

/** The picture with paper below it. */
function heightened(picture: DrawnPicture, height: number): DrawnPicture {
  if (picture.height === height) return picture;
  const { width, palette } = picture;
  const pixels = new Uint8Array(width * height).fill(palette.length - 2);
  pixels.set(picture.pixels);
  return { width, height, pixels, palette };
}
