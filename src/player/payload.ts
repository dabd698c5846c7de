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
}

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
  /** `"auto"` (JupyterLab's theme where there is one, else what the reader's system prefers), or one of the two. */
  readonly theme: "auto" | "light" | "dark";
}
