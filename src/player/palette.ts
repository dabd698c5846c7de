import { COLOURS } from "../run/lives";
import type { PlayerColour } from "./payload";

/** A colour as red, green, blue of 0 to 255. */
type Rgb = readonly [number, number, number];

/** Okabe and Ito's colours without black and yellow: told apart with every common kind of colour blindness. */
const BLOCKS: readonly Rgb[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
];

/** Cividis, from dark to light: even in lightness, and the same to colour-blind eyes. */
const CIVIDIS: readonly Rgb[] = [
  [0, 34, 78],
  [53, 69, 108],
  [102, 105, 112],
  [148, 142, 119],
  [200, 184, 102],
  [254, 232, 56],
];

/** Several blocks in one cell: none of the six. */
const MIXED: Rgb = [120, 120, 120];

/** Shades from nearly empty to full, for cells that stand for many pages. */
const SHADES = 8;
/** Steps of the scales of age and size. */
const LEVELS = 16;

/** What a colouring needs to know beside the colour's name. */
export interface Scheme {
  readonly colour: PlayerColour;
  readonly dark: boolean;
  /** CSS colour of each palette index; index 0 is free memory. */
  readonly css: readonly string[];
  /** Indices of the palette for one full cell: the levels of a scale, or the colours of blocks and the mixed one. */
  readonly hues: number;
}

/** The palette of a colouring: `css[0]` for free memory, then for each hue its shades, the full one last. */
export function schemeOf(colour: PlayerColour, dark: boolean): Scheme {
  const free: Rgb = colour === "original" || !dark ? [255, 255, 255] : [62, 68, 78];
  const hues = huesOf(colour);
  const css = [cssOf(free)];
  for (const hue of hues) {
    for (let shade = 1; shade <= SHADES; shade++) {
      // Nearly empty is still not empty: shades start at a fifth.
      css.push(cssOf(mix(free, hue, shade === SHADES ? 1 : 0.2 + (0.7 * (shade - 1)) / (SHADES - 2))));
    }
  }
  return { colour, dark, css, hues: hues.length };
}

function huesOf(colour: PlayerColour): readonly Rgb[] {
  if (colour === "original") return [[0, 0, 0]];
  if (colour === "block") return [...BLOCKS, MIXED];
  return Array.from({ length: LEVELS }, (_, level) => along(CIVIDIS, level / (LEVELS - 1)));
}

/** Palette index of a cell whose memory is `hue`, filled to `part` (0 to 1) of its bytes. */
export function shadeIndex(hue: number, part: number): number {
  if (part <= 0) return 0;
  const shade = part >= 1 ? SHADES : 1 + Math.min(SHADES - 2, Math.floor(part * (SHADES - 1)));
  return hue * SHADES + shade;
}

/** CSS colour of a whole block of that hue. */
export function fullColour(scheme: Scheme, hue: number): string {
  return scheme.css[shadeIndex(hue, 1)]!;
}

/** The hue of several blocks in one cell, where blocks have colours of their own. */
export const MIXED_HUE = COLOURS;

/** The hue of an age of `age` steps in a run of `steps`: new is light, old is dark, on a logarithmic scale. */
export function ageHue(age: number, steps: number): number {
  const part = Math.log2(1 + Math.max(0, age)) / Math.log2(2 + steps);
  return Math.round((1 - Math.min(1, part)) * (LEVELS - 1));
}

/** The hue of a size whose log2 is `log`, between `least` and `most`: small is light, large is dark. */
export function sizeHue(log: number, least: number, most: number): number {
  const part = most > least ? (log - least) / (most - least) : 0;
  return Math.round((1 - Math.min(1, Math.max(0, part))) * (LEVELS - 1));
}

/** The palette as Plotly's colour scale: index i of `css` belongs to value i, from 0 to its length - 1. */
export function colourScale(scheme: Scheme): [number, string][] {
  const last = scheme.css.length - 1;
  return scheme.css.map((css, i) => [i / last, css]);
}

function along(stops: readonly Rgb[], part: number): Rgb {
  const at = part * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  return mix(stops[low]!, stops[low + 1]!, at - low);
}

function mix(a: Rgb, b: Rgb, part: number): Rgb {
  return [0, 1, 2].map((i) => Math.round(a[i]! + (b[i]! - a[i]!) * part)) as unknown as Rgb;
}

function cssOf(rgb: Rgb): string {
  return `rgb(${rgb.join(",")})`;
}
