import { cellBytes } from "../run/grid";
import type { Lives } from "../run/lives";
import type { RunOccupancy } from "../run/occupancy";
import { COLOURINGS, type HueFacts, MIXED_HUE, mix, NO_MEMORY, type Rgb, type Scales } from "./colourings";
import type { PlayerColour } from "./player-options";

/** Shades from nearly empty to full, for cells that stand for many pages. */
const SHADES = 8;

/** A colouring in a theme, with all the colours that a picture can have. */
export interface Scheme {
  readonly colour: PlayerColour;
  readonly dark: boolean;
  /** Index 0 is free memory; then for each hue its shades, the full one last. */
  readonly colours: readonly Rgb[];
  /** The same as CSS. */
  readonly css: readonly string[];
  /** How many hues there are. */
  readonly hues: number;
  /** CSS colours of the line around what a step touched, of what lies beside that line, and of the hatching. */
  readonly lines: Readonly<Record<"outline" | "halo" | "ground" | "hatch", string>>;
}

/** The scheme of a colouring. */
export function schemeOf(colour: PlayerColour, dark: boolean): Scheme {
  const { free, hues, outline, halo } = COLOURINGS[colour][dark ? "dark" : "light"];
  const { ground, line } = NO_MEMORY[dark && colour !== "original" ? "dark" : "light"];
  const colours = [free];
  for (const hue of hues) {
    for (let shade = 1; shade <= SHADES; shade++) {
      // Nearly empty is still not empty: shades start at a quarter.
      colours.push(mix(free, hue, shade === SHADES ? 1 : 0.25 + (0.65 * (shade - 1)) / (SHADES - 2)));
    }
  }
  const lines = { outline: cssOf(outline), halo: cssOf(halo), ground: cssOf(ground), hatch: cssOf(line) };
  return { colour, dark, colours, css: colours.map(cssOf), hues: hues.length, lines };
}

/** Index of the colour of a cell whose memory is `hue`, filled to `part` (0 to 1) of its bytes. */
export function shadeIndex(hue: number, part: number): number {
  if (part <= 0) return 0;
  const shade = part >= 1 ? SHADES : 1 + Math.min(SHADES - 2, Math.floor(part * (SHADES - 1)));
  return hue * SHADES + shade;
}

/** CSS colour of a whole block of that hue. */
export function fullColour(scheme: Scheme, hue: number): string {
  return scheme.css[shadeIndex(hue, 1)]!;
}

/** The hue of one block. */
export function hueOfLife(lives: Lives, id: number, step: number, scheme: Scheme, scales: Scales): number {
  facts.colour = lives.colour[id]!;
  facts.made = lives.made(id);
  facts.age = step - lives.made(id);
  facts.log = Math.log2(lives.size[id]!);
  return COLOURINGS[scheme.colour].hue(facts, scales);
}

/** The hue of a cell that is not empty; of several blocks in it, their mean by bytes, or the mixed one. */
export function hueOfCell(
  occupancy: RunOccupancy,
  cell: number,
  lives: Lives,
  scheme: Scheme,
  scales: Scales,
): number {
  const { used, made, sizes, step } = occupancy;
  const life = occupancy.lifeIn(cell);
  facts.colour = life < 0 ? MIXED_HUE : lives.colour[life]!;
  facts.made = life < 0 ? -1 : lives.made(life);
  facts.age = step - made[cell]! / used[cell]!;
  facts.log = sizes[cell]! / used[cell]! / 64;
  return COLOURINGS[scheme.colour].hue(facts, scales);
}

/** One object for all cells: a frame has thousands. */
const facts: { -readonly [K in keyof HueFacts]: HueFacts[K] } = { colour: 0, made: 0, age: 0, log: 0 };

/**
 * The index in the scheme's colours of every cell of the square, row by row: a full frame. Cells without memory are NaN, which
 * Plotly leaves open: those beyond the square's last page, and those above the top of a heap that has yet to grow.
 * @param top one past the heap's last address at this step
 */
export function frameOf(
  occupancy: RunOccupancy,
  lives: Lives,
  scheme: Scheme,
  scales: Scales,
  top: number,
): Float32Array {
  const { grid, used } = occupancy;
  const each = cellBytes(grid);
  const cells = new Float32Array(grid.side ** 2).fill(Number.NaN);
  const present = Math.min(grid.cells, Math.ceil((top - grid.from) / each));
  for (let cell = 0; cell < present; cell++) {
    const bytes = used[cell]!;
    if (bytes === 0) {
      cells[cell] = 0;
      continue;
    }
    const hue = hueOfCell(occupancy, cell, lives, scheme, scales);
    const whole = Math.min(each, top - grid.from - cell * each);
    cells[cell] = shadeIndex(hue, grid.pagesPerCell === 1 ? 1 : bytes / whole);
  }
  return cells;
}

function cssOf(rgb: Rgb): string {
  return `rgb(${rgb.join(",")})`;
}
