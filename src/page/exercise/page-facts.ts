import type { Theme } from "../../player/payload";

/** What exercises need of the page that they are in. */
export interface PageFacts {
  /** The promise of Plotly: what `loadPlotly` returns. Called when a run is to be played, and not before. */
  readonly plotly: () => Promise<unknown>;
  readonly theme: Theme;
}
