import type { Level } from "../../exercise/question";
import type { Theme } from "../../player/payload";

/** What an output carries for "write a fit": plain JSON, from which the page draws the stream anew. */
export interface FitTaskData {
  readonly level: Level;
  readonly seed: number | string;
  readonly theme: Theme;
}
