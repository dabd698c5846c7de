import type { BranchPolicy } from "../run/branch";
import type { Film } from "./film";
import type { Pick } from "./pick";
import type { Scheme } from "./scheme";
import type { Walker } from "./walker";

/** What a panel is made of. */
export interface Scene {
  /** The runs, one to four. */
  readonly films: readonly Film[];
  /** Steps of the longest run. */
  readonly steps: number;
  /** Shows a step. */
  seek(step: number): void;
  /** Draws anew what is shown. */
  redraw(): void;
  /** Whether it plays. */
  readonly playing: boolean;
  /** Whether the reader has just gone to a step, and may go to another: what takes long waits meanwhile. */
  readonly hurried: boolean;
  /** The decision of the present operation, and the place in it. */
  readonly walker: Walker;
  /** What the reader picked; null for nothing. */
  readonly picked: Pick | null;
  /** Picks what lies at an address, shows it, and has its life told; null: nothing any more. @returns whether there is such an address */
  pick(film: Film, address: number | null): boolean;
  /** The same for a click: on a hole it picks nothing any more. */
  click(film: Film, address: number): void;
  /** Goes on or back in it. */
  walk(direction: 1 | -1): void;
  /** Whether playing walks through each decision. */
  walkWhilePlaying(on: boolean): void;
  /** Plays another run beside the others: what would have come of `film` if its operation `step` and all behind it had had that policy. */
  branch(film: Film, step: number, policy: BranchPolicy): void;
}

/** A panel that has been made. */
export interface PanelView {
  /** What stands in the folding part. The style has `fl-panel` for it, and in it `fl-note` for a line of text, `fl-row` and `fl-list`. */
  readonly node: HTMLElement;
  /**
   * Shows a step. Called for every frame while the panel is open, also where nothing has changed since the last one: what is the same is
   * not drawn again. What is shown depends on each film's `local(step)` and `look`, on the width, and on `scheme`.
   *
   * - The step of a film to show is `film.local(step)`: `step` itself, but no more than has been read of a long run, no more than a
   *   shorter one of several has, and counted from the film's own first step.
   * - `film.at(…)` is a cursor that the next call moves: read it, do not keep it. `film.livesAt(…)` and `film.overview` answer without
   *   moving anything, and so are what a loop over steps asks.
   * - Where the node has no width yet, return: another frame comes when it has.
   *
   * @param step the player's step, 0 to `scene.steps`
   * @param scheme the colours of the blocks: see `fullColour` and `hueOfLife`
   * @param colourOf the value of one of the style's variables, such as `--line`, for a canvas
   */
  draw(step: number, scheme: Scheme, colourOf: (name: string) => string): void;
}

/** Makes a panel, a folding part below the controls, when it is opened for the first time; anew when there are other runs. */
export type MakePanel = (scene: Scene) => PanelView;
