import type { PlotlySource } from "../../player/payload";

/** What an output carries for the playground in the page: plain JSON. */
export interface PlaygroundData {
  readonly plotly: PlotlySource;
  readonly theme: "auto" | "light" | "dark";
}
