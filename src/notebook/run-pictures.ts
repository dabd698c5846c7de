import { checkNumber, oneOf, show } from "../base/wrong-argument";
import { COLOURINGS } from "../player/colourings";
import { Film } from "../player/film";
import type { PlayerColour } from "../player/player-options";
import { frameOf, type Scheme, schemeOf } from "../player/scheme";
import { RunOccupancy } from "../run/occupancy";
import { cellPixels, type DrawnPicture, drawSheet, drawSquare } from "./drawn-picture";
import type { LabelledRun } from "./runs";

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

/** The colouring of runs for which nobody asks for another one: the original program's, or the one that shows blocks. */
export function usualColour(films: readonly Film[]): PlayerColour {
  return films.every((film) => film.published) ? "original" : "block";
}

/**
 * Pictures of runs at any step, all of one size and scale: that of the heap at its largest. What a growing heap does not have yet
 * is no memory.
 */
export class RunPictures {
  readonly #runs: readonly { film: Film; cells: RunOccupancy; pixels: number }[];
  readonly #scheme: Scheme;

  /**
   * @param width most pixels of the picture of each run; cells are whole pixels, so it may come out smaller
   * @param colour default: `usualColour`
   */
  constructor(runs: readonly LabelledRun[], width: number, colour?: PlayerColour) {
    this.#runs = runs.map(({ label, history }) => {
      const film = new Film(label, history);
      film.read(Number.POSITIVE_INFINITY);
      const cells = new RunOccupancy(film.grid(), film);
      return { film, cells, pixels: cellPixels(cells.grid.side, width) };
    });
    this.#scheme = schemeOf(colour ?? usualColour(this.#runs.map(({ film }) => film)), false);
  }

  /** The colouring that they have. */
  get colour(): PlayerColour {
    return this.#scheme.colour;
  }

  /** The picture of one run; of one that is shorter, its last. */
  of(run: number, step: number): DrawnPicture {
    const { film, cells, pixels } = this.#runs[run]!;
    const shown = Math.min(step, film.steps);
    cells.seek(shown);
    const indices = frameOf(cells, film.livesAt(shown), this.#scheme, film.scales, film.top(shown));
    return drawSquare({ side: cells.grid.side, cells: indices, colours: this.#scheme.colours }, pixels);
  }

  /** All runs side by side, each under its label, with a caption below. */
  sheet(step: number, caption = ""): DrawnPicture {
    const pictures = this.#runs.map((_, run) => this.of(run, step));
    return drawSheet(
      pictures,
      this.#runs.map(({ film }) => film.label),
      caption,
    );
  }
}
