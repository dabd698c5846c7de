/*
 * What an output carries for the player in the page: plain JSON, no matrices. Node writes it (notebook/), the bundle in the
 * page reads it (player/).
 */

import type { PlayerOptions } from "./player-options";

export type { PlayerColour, PlayerOptions, PlayerPanel } from "./player-options";

/** The version of this format. The player refuses a payload of another version with one line in its place. */
export const PAYLOAD_VERSION = 1;

/** One run of the payload. */
export interface PlayerRun {
  /** What the run is called, for instance its policy. Any text: it is never read as markup. */
  readonly label: string;
  /** The run's `History`, encoded as text. */
  readonly history: string;
  /** Of a long run in a page of its own, its `History.index`. */
  readonly index?: string;
}

/** `"auto"` (JupyterLab's theme where there is one, else what the reader's system prefers), or one of the two. */
export type Theme = "auto" | "light" | "dark";

/** Everything that the player of one output needs, Plotly excepted. */
export interface PlayerPayload {
  /** `PAYLOAD_VERSION`. */
  readonly version: number;
  /** Shown above the player, and its name for screen readers. Any text; may be empty. */
  readonly title: string;
  /** One to four runs, played in step. */
  readonly runs: readonly PlayerRun[];
  /** What the player starts with. */
  readonly options: PlayerOptions;
  /** The step that is shown until it is played, where the options name none: one at which something is to be seen. */
  readonly poster?: number;
  readonly theme: Theme;
}

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
