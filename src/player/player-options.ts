import { checkNumber, oneOf, show } from "../base/wrong-argument";
import { COLOURINGS, type PlayerColour } from "./colourings";

export type { PlayerColour } from "./colourings";

/**
 * The titles of the panels, in the order in which they stand. A further one is an entry here, and in `PANELS` (`panels.ts`) what makes
 * it: the one is known wherever options are checked, the other only in a page.
 */
export const PANEL_TITLES = {
  why: "Why this block?",
  strip: "Heap order and list order",
  find: "Find a block, tell its life",
  metrics: "Metrics over time",
  "space-time": "The whole run: space and time",
} as const;

/**
 * A folding part below the heap, or beside it where there is room.
 * - `"why"`: why this block? The decision of the present operation, in steps to walk through, each of them marked in the picture,
 *   in the strip and in the free list; and what the other fits would have chosen.
 * - `"strip"`: the heap as one strip in address order, and the free list in list order with arrows into it.
 * - `"find"`: a block found by its address, or clicked: who asked for it, when, what it cost, what became of it; and the heap as code.
 * - `"metrics"`: the metrics over time, with a cursor.
 * - `"space-time"`: time across, addresses down, each block's life a rectangle.
 */
export type PlayerPanel = keyof typeof PANEL_TITLES;

/** What a player starts with; its user can change all of it but `maxCells`. Every option has a default. */
export interface PlayerOptions {
  /** Default `"block"`; `"original"` for runs of the original program's heap alone. */
  readonly colour?: PlayerColour;
  /**
   * Steps per second while playing, more than 0. Default 8 for a run of up to 240 steps; a longer one plays as a whole in 30
   * seconds. Above the screen's rate, steps are skipped.
   */
  readonly speed?: number;
  /** Seconds in which the whole run plays, more than 0: instead of `speed`. */
  readonly duration?: number;
  /** Whether playing rests on notable steps (split, merge, denied, refused): shows each three times as long. Default false. */
  readonly rest?: boolean;
  /** The panels that are open from the start. Default: none, a calm page. */
  readonly panels?: readonly PlayerPanel[];
  /**
   * The step that is shown first, 0 (before the first operation) to the number of steps; `"end"` is the last. Default: the last,
   * or, where nearly all is free by then, the one with the most memory allocated; playing starts from step 0 all the same.
   */
  readonly step?: number | "end";
  /** Most cells of the heat map, from 64 on; a heap of more pages is aggregated. Default 16,384. */
  readonly maxCells?: number;
}

type Check = (name: string, value: unknown, steps: number) => void;

const positive: Check = (name, value) => {
  if (typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY) return;
  const wrong = typeof value === "number" ? RangeError : TypeError;
  throw new wrong(`${name} must be a number above 0, not ${show(value)}; leave it out for the default.`);
};

/** What is right for each option. */
const CHECKS: { readonly [Name in keyof PlayerOptions]-?: Check } = {
  colour: (name, value) => oneOf(name, value, Object.keys(COLOURINGS)),
  speed: positive,
  duration: positive,
  rest(name, value) {
    if (typeof value !== "boolean") throw new TypeError(`${name} must be true or false, not ${show(value)}.`);
  },
  panels(name, value) {
    if (!Array.isArray(value)) {
      throw new TypeError(`${name} must be a list of panels, not ${show(value)}; give ["strip"].`);
    }
    for (const [i, panel] of value.entries()) oneOf(`${name}[${i}]`, panel, Object.keys(PANEL_TITLES));
  },
  step(name, value, steps) {
    if (value === "end") return;
    if (typeof value !== "number")
      throw new TypeError(`${name} must be a number or "end", not ${show(value)}; "end" is the last.`);
    checkNumber(name, value, 0, `"end" is the last`, steps);
  },
  maxCells: (name, value) => checkNumber(name, value, 64, "leave it out for 16,384"),
};

/** The names of the options. */
export const PLAYER_OPTIONS = Object.keys(CHECKS);

/**
 * Checks the options of a player that are not undefined.
 * @param steps steps of the longest run
 * @throws RangeError or TypeError that names the option, the value and what is right
 */
export function checkPlayerOptions(options: PlayerOptions, steps: number): void {
  for (const [name, check] of Object.entries(CHECKS)) {
    const value = options[name as keyof PlayerOptions];
    if (value !== undefined) check(`options.${name}`, value, steps);
  }
}
