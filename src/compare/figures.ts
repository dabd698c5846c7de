import type { ComparedCell } from "./compare-cell";

/** A figure of a comparison: how it is had from a cell, and what it means. */
export interface Figure {
  /** A short title, for a column or an axis. */
  readonly title: string;
  /** One sentence, with the unit. */
  readonly definition: string;
  /** The model of the heap that the figure belongs to. */
  readonly model: string;
  /** The same in a few words, for a head above the columns of one model. */
  readonly heap: string;
  /** Its least possible value; less is better. */
  readonly least: 0 | 1;
  /** Its value; null when it is not known. */
  readonly value: (cell: ComparedCell) => number | null;
  /** Its value as text: `""` when it is not known, `<=` where it is only a bound. */
  readonly text: (cell: ComparedCell) => string;
}

/** Names a figure of a comparison. */
export type FigureName = "peakLive" | "extent" | "examined" | "holes" | "failures" | "arena" | "arenaRatio";

const ANY = { heap: "the trace", model: "any, it is the trace's" };
const GROWING = { heap: "heap that grows", model: "starts empty and grows at its top by what is missing" };
const TIGHT = {
  heap: "arena of peak size",
  model: "a fixed arena of as many bytes as live blocks have at most",
};
const FIXED = { heap: "smallest arena", model: "a fixed arena of the size in question" };

/** The figures of a comparison, each defined once, in the order of the table's columns. */
export const FIGURES: Readonly<Record<FigureName, Figure>> = {
  peakLive: figure({
    ...ANY,
    title: "peak live",
    definition: "The most bytes that live blocks asked for.",
    value: (cell) => cell.peakLive,
    least: 0,
    digits: 0,
  }),
  extent: figure({
    ...GROWING,
    title: "extent/live",
    definition:
      "Highest byte used over the most bytes that live blocks asked for, rounded up to the alignment; 1 is no loss.",
    value: (cell) => (cell.peakRounded > 0 ? cell.extent / cell.peakRounded : 1),
    least: 1,
    digits: 3,
  }),
  examined: figure({
    ...GROWING,
    title: "examined/search",
    definition: "Free-list records examined, mean of all searches.",
    value: (cell) => (cell.searches > 0 ? cell.examined / cell.searches : 0),
    least: 0,
    digits: 1,
  }),
  holes: figure({
    ...GROWING,
    title: "holes",
    definition: "Holes after an operation, mean of all operations.",
    value: (cell) => cell.meanHoles,
    least: 0,
    digits: 1,
  }),
  failures: figure({
    ...TIGHT,
    title: "denied",
    definition: "Requests denied for want of a hole that is large enough.",
    value: (cell) => cell.failures,
    least: 0,
    digits: 0,
  }),
  arena: {
    ...FIXED,
    title: "arena",
    definition:
      "Bytes of the smallest arena in which nothing is denied; A..B where B completes, all below A fail, and those between are not excluded.",
    least: 0,
    value: (cell) => cell.arena?.bytes ?? null,
    text: ({ arena }) => {
      if (arena === null) return "";
      if (arena.bytes === null) return `over ${grouped(arena.failsBelow)}`;
      return arena.exact ? grouped(arena.bytes) : `${grouped(arena.failsBelow)}..${grouped(arena.bytes)}`;
    },
  },
  arenaRatio: {
    ...FIXED,
    title: "arena/live",
    definition:
      "That arena over the same bytes as in extent/live; <= where it is not known to be the smallest.",
    least: 1,
    value: arenaRatio,
    text: (cell) => {
      const ratio = arenaRatio(cell);
      return ratio === null ? "" : `${cell.arena?.exact ? "" : "<="}${grouped(ratio, 3)}`;
    },
  },
};

/**
 * The best value of a figure among cells of one trace: the lowest. Null when the cells do not differ in it, and where one is
 * only a bound, so that another may be better.
 */
export function bestOf(figure: Figure, cells: readonly (ComparedCell | null)[]): number | null {
  if (figure === FIGURES.peakLive) return null;
  const known = cells.filter((cell) => cell !== null);
  const isBound = figure.heap === FIXED.heap && known.some(({ arena }) => !arena?.exact);
  const values = known.map(figure.value).filter((value) => value !== null);
  const best = Math.min(...values);
  return isBound || values.every((value) => value === best) ? null : best;
}

function arenaRatio({ arena, peakRounded }: ComparedCell): number | null {
  return arena === null || arena.bytes === null || peakRounded === 0 ? null : arena.bytes / peakRounded;
}

interface PlainFigure extends Omit<Figure, "text" | "value"> {
  readonly digits: number;
  readonly value: (cell: ComparedCell) => number;
}

function figure({ digits, ...rest }: PlainFigure): Figure {
  return { ...rest, text: (cell) => grouped(rest.value(cell), digits) };
}

const formats = new Map<number, Intl.NumberFormat>();

/** A number as people read it, with so many decimals: `8,192`, `1.125`. */
function grouped(value: number, digits = 0): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    formats.set(digits, format);
  }
  return format.format(value + 0); // -0 + 0 is 0
}
