import type { Level } from "../../exercise/question";
import type { Theme } from "../../player/payload";

/** What an output carries for "be the allocator": plain JSON, from which the page draws the stream anew. */
export interface PlacingData {
  readonly level: Level;
  readonly seed: number | string;
  readonly theme: Theme;
}
