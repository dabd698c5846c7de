import { checkNumber, oneOf, show } from "../base/wrong-argument";
import { COLOURINGS } from "../player/colourings";
import type { PlayerColour } from "../player/player-options";

/** What `savePng` and `saveGif` draw. Every option has a default. */
export interface PictureOptions {
  /**
   * A line of text below the picture, or what gives the line of a step. Default: none. Letters of the ASCII character set; any
   * other sign is drawn as a question mark.
   */
  readonly caption?: string | ((step: number) => string);
  /** How the cells are coloured. Default as in the player: `"block"`, and `"original"` for runs of the original program's heap alone. */
  readonly colour?: PlayerColour;
  /** Most pixels of the picture of each run, from 64 to 2,048. Cells are whole pixels, so it may come out smaller. */
  readonly width?: number;
}

/** Checks these options. @throws TypeError or RangeError that names the option */
export function checkPictureOptions({ caption, colour }: PictureOptions): void {
  if (caption !== undefined && typeof caption !== "string" && typeof caption !== "function") {
    throw new TypeError(
      `options.caption must be a text or a function of the step, not ${show(caption)}; leave it out for none.`,
    );
  }
  if (colour !== undefined) oneOf("options.colour", colour, Object.keys(COLOURINGS));
}

/** The line below the picture of a step. */
export function captionAt({ caption = "" }: PictureOptions, step: number): string {
  return typeof caption === "string" ? caption : String(caption(step));
}

/** Checks an option that is an integer, and answers it. */
export function integerOption(name: string, value: number, least: number, most?: number): number {
  checkNumber(`options.${name}`, value, least, "leave it out for the default", most);
  return value;
}
