import type { Film } from "./film";
import type { Scheme } from "./scheme";

/** What a panel is made of. */
export interface Scene {
  /** The runs, one to four. */
  readonly films: readonly Film[];
  /** Steps of the longest run. */
  readonly steps: number;
  /** Shows a step. */
  seek(step: number): void;
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
