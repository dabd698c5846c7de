import type { FitName } from "../heap/fits";
import type { Film } from "./film";
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
  /** The decision of the present operation, and the place in it. */
  readonly walker: Walker;
  /** Goes on or back in it. */
  walk(direction: 1 | -1): void;
  /** Whether playing walks through each decision. */
  walkWhilePlaying(on: boolean): void;
  /** Plays another run beside the others: what would have come of `film` if its operation `step` and all behind it had had that fit. */
  branch(film: Film, step: number, fit: FitName): void;
}

/** A panel that has been made. */
export interface PanelView {
  readonly node: HTMLElement;
  /** Shows a step. Called for every frame: what has not changed since is not drawn again. */
  draw(step: number, scheme: Scheme, colourOf: (name: string) => string): void;
}

/** A folding part below the controls. */
export interface Panel {
  readonly title: string;
  /** Makes it, when it is opened for the first time. */
  make(scene: Scene): PanelView;
}
