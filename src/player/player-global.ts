import type { PlayerPayload } from "./payload";

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
