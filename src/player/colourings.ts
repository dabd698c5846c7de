import { COLOURS } from "../run/lives";

/** A colour as red, green, blue of 0 to 255. */
export type Rgb = readonly [number, number, number];

/** The colours of one colouring in one theme. All of `hues` and `outline` have a contrast of at least 3 to `free`. */
export interface Palette {
  /** Free memory. */
  readonly free: Rgb;
  /** What allocated memory can be: one colour, those of the blocks and the mixed one, or a scale from old or large to new or small. */
  readonly hues: readonly Rgb[];
  /** The line around what a step touched, and the thin lines beside it, which tell it from any block. */
  readonly outline: Rgb;
  readonly halo: Rgb;
}

/** What a hue can depend on. */
export interface HueFacts {
  /** The colour that the block got, one of `COLOURS`; `MIXED_HUE` for several blocks in a cell. */
  readonly colour: number;
  /** The step that allocated it, 0 when it was there before the first; −1 for several blocks in a cell. */
  readonly made: number;
  /** Steps since it was allocated; of several blocks their mean. */
  readonly age: number;
  /** log2 of its bytes; of several blocks their mean. */
  readonly log: number;
}

/** What the scales of a run span. */
export interface Scales {
  /** Steps of the run. */
  readonly steps: number;
  /** log2 of the smallest and of the largest block in bytes. */
  readonly leastLog: number;
  readonly mostLog: number;
  /** The hue of the call site that made the request of a step: one of `COLOURS`, or `MIXED_HUE` for one that has none of its own. */
  hueOfSite(step: number): number;
}

/** One way to colour the heap. */
export interface Colouring {
  /** What its choice is called. */
  readonly title: string;
  /** What the colours mean: one name for each kind of hue. */
  readonly legend: "allocated" | "blocks" | "sites" | readonly [from: string, to: string];
  /** The same in words, as the start of a sentence below pictures. */
  readonly inWords: string;
  readonly light: Palette;
  readonly dark: Palette;
  /** The index among `hues` of a block, or of a cell. */
  hue(facts: HueFacts, scales: Scales): number;
}

/** The hue of several blocks in one cell, where blocks have colours of their own. */
export const MIXED_HUE = COLOURS;
/** Levels of the scales of age and size. */
const LEVELS = 16;

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const NEARLY_BLACK: Rgb = [20, 20, 20];
const DARK_FREE: Rgb = [40, 44, 52];
const LIGHT_LINES = { free: WHITE, outline: NEARLY_BLACK, halo: WHITE };
const DARK_LINES = { free: DARK_FREE, outline: WHITE, halo: NEARLY_BLACK };

const ORIGINAL: Palette = { free: WHITE, hues: [BLACK], outline: [224, 0, 90], halo: WHITE };

/*
 * Six colours a theme, searched for: of those with a contrast of 3 to free memory, the six that are least alike to any eye,
 * colour-blind or not. The last one is for several blocks in a cell.
 */
const LIGHT_BLOCKS: readonly Rgb[] = [
  [3, 120, 254],
  [230, 108, 53],
  [42, 103, 113],
  [167, 132, 173],
  [104, 0, 172],
  [183, 12, 0],
  [110, 110, 110],
];
const DARK_BLOCKS: readonly Rgb[] = [
  [0, 163, 248],
  [247, 216, 62],
  [55, 128, 134],
  [255, 148, 143],
  [137, 229, 255],
  [226, 51, 0],
  [150, 150, 150],
];

/** Scales that grow lighter evenly, each on the side of free memory on which there is room. */
const LIGHT_SCALE: readonly Rgb[] = [
  [24, 14, 78],
  [92, 18, 132],
  [158, 40, 126],
  [204, 66, 88],
  [224, 98, 36],
];
const DARK_SCALE: readonly Rgb[] = [
  [196, 74, 118],
  [228, 100, 92],
  [247, 140, 62],
  [252, 188, 56],
  [240, 246, 120],
];

const TABLE = {
  original: {
    title: "as the original",
    legend: "allocated",
    inWords: "Black is allocated",
    light: ORIGINAL,
    dark: ORIGINAL,
    hue: () => 0,
  },
  block: {
    title: "by block",
    legend: "blocks",
    inWords: "Each colour is an allocated block",
    light: { ...LIGHT_LINES, hues: LIGHT_BLOCKS },
    dark: { ...DARK_LINES, hues: DARK_BLOCKS },
    hue: ({ colour }) => colour,
  },
  label: {
    title: "by call site",
    legend: "sites",
    inWords: "Each colour is who asked for an allocated block",
    light: { ...LIGHT_LINES, hues: LIGHT_BLOCKS },
    dark: { ...DARK_LINES, hues: DARK_BLOCKS },
    hue: ({ made }, { hueOfSite }) => (made < 0 ? MIXED_HUE : hueOfSite(made)),
  },
  age: {
    title: "by age",
    legend: ["newly allocated", "old"],
    inWords: "Allocated blocks are light when they are new and dark when they are old",
    light: { ...LIGHT_LINES, hues: scale(LIGHT_SCALE) },
    dark: { ...DARK_LINES, hues: scale(DARK_SCALE) },
    hue: ({ age }, { steps }) => level(Math.log2(1 + Math.max(0, age)) / Math.log2(2 + steps)),
  },
  size: {
    title: "by size",
    legend: ["small blocks", "large"],
    inWords: "Allocated blocks are light when they are small and dark when they are large",
    light: { ...LIGHT_LINES, hues: scale(LIGHT_SCALE) },
    dark: { ...DARK_LINES, hues: scale(DARK_SCALE) },
    hue: ({ log }, { leastLog, mostLog }) =>
      level(mostLog > leastLog ? (log - leastLog) / (mostLog - leastLog) : 0),
  },
} satisfies Record<string, Colouring>;

/**
 * How the cells of the heap are coloured.
 * - `"original"`: allocated black, free white, as the original program drew it.
 * - `"block"`: each allocation in one of six colours, so that neighbours can be told apart.
 * - `"label"`: by call site, which is who made the request (`history.label`): the first six in colours of their own.
 * - `"age"`: by the steps since the block was allocated, on one scale from new to old.
 * - `"size"`: by the size of the block, on one logarithmic scale.
 */
export type PlayerColour = keyof typeof TABLE;

/** Every way to colour the heap. A further one is an entry in the table. */
export const COLOURINGS: Readonly<Record<PlayerColour, Colouring>> = TABLE;

/** Addresses that are no memory are hatched in every picture: lines of the second colour on the first, 3 apart. */
export const NO_MEMORY = {
  light: { ground: [238, 238, 238], line: [150, 150, 150] },
  dark: { ground: [17, 17, 17], line: [110, 110, 110] },
} as const satisfies Record<string, { ground: Rgb; line: Rgb }>;

/** Pixels from one line of the hatching to the next, across. */
export const HATCH = 6;

/** New or small is light, and has the last level; old or large is dark, and has the first. */
function level(part: number): number {
  return Math.round((1 - Math.min(1, Math.max(0, part))) * (LEVELS - 1));
}

function scale(stops: readonly Rgb[]): readonly Rgb[] {
  return Array.from({ length: LEVELS }, (_, i) => {
    const at = (i / (LEVELS - 1)) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(at));
    return mix(stops[low]!, stops[low + 1]!, at - low);
  });
}

/** The colour at `part` of the way from one to another. */
export function mix(a: Rgb, b: Rgb, part: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(a[i] + (b[i] - a[i]) * part);
  return [at(0), at(1), at(2)];
}
