import { resolve } from "node:path";
import { checkNames } from "../base/wrong-argument";
import { encodePng } from "./encode-picture";
import {
  captionAt,
  checkPictureOptions,
  integerOption,
  type PictureOptions,
  RunPictures,
} from "./run-pictures";
import { labelledRuns, type Runs } from "./runs";
import { writeWhole } from "./write-whole";

/** What becomes a picture, and how. The default width is 650 pixels for a run. */
export interface PngOptions extends PictureOptions {
  /** The step that is drawn, from 0 on; `"end"`, the default, is the last. Of several runs, a shorter one shows its last. */
  readonly step?: number | "end";
}

/**
 * Saves the heap at one step as a PNG picture, row 0 on top; several runs stand side by side, each under its name.
 * @param path the file; one that is there is replaced
 * @param options what to draw, or only the step
 * @returns where it was saved: the whole path of the file
 * @throws TypeError for something that is no history, or a path that is no text; RangeError for an option that is not allowed, such
 * as a step that is not in the run; Error when the file cannot be written, which leaves nothing half-written.
 */
export function savePng(runs: Runs, path: string, options: PngOptions | number = {}): string {
  const all = typeof options === "number" ? { step: options } : options;
  checkNames(all, ["step", "caption", "colour", "width"]);
  checkPictureOptions(all);
  const labelled = labelledRuns(runs);
  const last = Math.max(...labelled.map(({ history }) => history.length));
  const { step = "end", width = 650, colour } = all;
  const shown = step === "end" ? last : integerOption("step", step, 0, last);
  const pictures = new RunPictures(labelled, integerOption("width", width, 64, 2048), colour);
  writeWhole(path, encodePng(pictures.sheet(shown, captionAt(all, shown))));
  return resolve(path);
}
