import type { Level } from "../../exercise/question";
import type { PlotlySource, Theme } from "../../player/payload";

/** What an output carries for "catch the bug": plain JSON, from which the page finds the allocator. Its fault is not in it. */
export interface BugData {
  /** The place of the allocator in the table of them; null for one of the level, drawn from the seed. */
  readonly heap: number | null;
  readonly level: Level;
  readonly seed: number | string;
  readonly plotly: PlotlySource;
  readonly theme: Theme;
}
