/** The little of Plotly that the player calls. */
export interface PlotlyLibrary {
  newPlot(node: HTMLElement, data: unknown[], layout: unknown, config: unknown): Promise<unknown>;
  react(node: HTMLElement, data: unknown[], layout: unknown, config: unknown): Promise<unknown>;
  restyle(node: HTMLElement, update: unknown, traces: number[]): Promise<unknown>;
  purge(node: HTMLElement): void;
}

/** A node that Plotly drew into. */
export interface PlotlyNode extends HTMLElement {
  on(event: string, listener: (data: never) => void): void;
}
