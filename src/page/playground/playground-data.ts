import type { PlotlySource, Theme } from "../../player/payload";

/** A trace that a playground can load: its name, and its operations in our compact form. */
export interface OfferedTrace {
  readonly name: string;
  readonly text: string;
}

/** What an output carries for the playground in the page: plain JSON. */
export interface PlaygroundData {
  readonly plotly: PlotlySource;
  readonly theme: Theme;
  /** What it begins with: what `writeLink` wrote; null for an example. */
  readonly link: string | null;
  /** The address of a page that opens links; null where there is none but, perhaps, the page itself. */
  readonly page: string | null;
  /** Whether it is a page of its own, whose address is its own: a link behind `#` is opened, and links are to it. */
  readonly alone: boolean;
  readonly traces: readonly OfferedTrace[];
}
