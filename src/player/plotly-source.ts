/** Where a page may find Plotly. Travels in every output, hence no absolute path of the machine it was made on. */
export interface PlotlySource {
  /** Version of the installed package, which is the one to load. */
  readonly version: string;
  /** Path of the file from the notebook's folder, with `/`; null when it is on another disk or nothing is shared. */
  readonly near: string | null;
  /** Address of the same file on a public network of copies. */
  readonly url: string;
  /** Hash of the file, as the `integrity` attribute takes it; a copy that differs in one byte is refused. */
  readonly integrity: string;
}
