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

/** A mounted player, for scripts and tests in the page. */
export interface PlayerHandle {
  /** Steps of the longest run. */
  readonly steps: number;
  /** The step that is shown: 0 is the heap before the first operation, k the heap after operation k. */
  readonly step: number;
  /** Whether it is playing. */
  readonly playing: boolean;
  /** Settles when the first frame is drawn; rejects when it cannot be (the reason is then also shown in the page). */
  readonly ready: Promise<void>;
  /** Shows a step; numbers outside of 0 to `steps` become the nearest one. */
  seek(step: number): void;
  play(): void;
  pause(): void;
  /** Ends timers, observers and listeners and empties the root. Happens by itself when the root leaves the document. */
  destroy(): void;
}

/**
 * What the bundle sets as `globalThis.freelistLab`. Evaluating the bundle again replaces `mount` and nothing else.
 */
export interface PlayerGlobal {
  /**
   * Puts a player into `root`, in place of what is there (the static picture) once its first frame is drawn. Mounting
   * on a root that has a player ends that one first.
   * @param plotly the Plotly library, or the promise of it; the player waits and says in one line when it is rejected.
   */
  mount(root: HTMLElement, payload: PlayerPayload, plotly: unknown): PlayerHandle;
}
