import type { ComparedCell } from "./compare-cell";

/** A figure of a comparison: how it is had from a cell, and what it means. */
export interface Figure {
  /** A short title, for a column or an axis. */
  readonly title: string;
  /** One sentence, with the unit. */
  readonly definition: string;
  /** The model of the heap that the figure belongs to. */
  readonly model: string;
  /** Its least possible value. */
  readonly least: 0 | 1;
  /** Its value; null when it is not known. */
  readonly value: (cell: ComparedCell) => number | null;
  /** Its value as text: `""` when it is not known, `<=` where it is only a bound. */
  readonly text: (cell: ComparedCell) => string;
}

/** Names a figure of a comparison. */
export type FigureName = "peakLive" | "extent" | "examined" | "holes" | "failures" | "arena" | "arenaRatio";

const GROWING = "starts empty and grows at its top by what is missing";
const FIXED = "a fixed arena of the size in question";

/** The figures of a comparison, each defined once, in the order of the table's columns. */
export const FIGURES: Readonly<Record<FigureName, Figure>> = {
  peakLive: {
    title: "peak live",
    definition: "The most bytes that live blocks asked for.",
    model: "any, it is the trace's",
    least: 0,
    value: (cell) => cell.peakLive,
    text: (cell) => String(cell.peakLive),
  },
  extent: figure({
    title: "extent/live",
    definition:
      "Highest byte used over the most bytes that live blocks asked for, rounded up to the alignment; 1 is no loss.",
    model: GROWING,
    value: (cell) => (cell.peakRounded > 0 ? cell.extent / cell.peakRounded : 1),
    least: 1,
    digits: 3,
  }),
  examined: figure({
    title: "examined/search",
    definition: "Free-list records examined, mean of all searches.",
    model: GROWING,
    value: (cell) => (cell.searches > 0 ? cell.examined / cell.searches : 0),
    least: 0,
    digits: 1,
  }),
  holes: figure({
    title: "holes",
    definition: "Holes after an operation, mean of all operations.",
    model: GROWING,
    value: (cell) => cell.meanHoles,
    least: 0,
    digits: 1,
  }),
  failures: figure({
    title: "denied",
    definition: "Requests denied.",
    model: "a fixed arena of as many bytes as live blocks have at most",
    value: (cell) => cell.failures,
    least: 0,
    digits: 0,
  }),
  arena: {
    title: "arena",
    definition:
      "Bytes of the smallest arena in which nothing is denied; A..B where B completes, all below A fail, and those between are not excluded.",
    model: FIXED,
    least: 0,
    value: (cell) => cell.arena?.bytes ?? null,
    text: ({ arena }) => {
      if (arena === null) return "";
      if (arena.bytes === null) return `over ${arena.failsBelow}`;
      return arena.exact ? String(arena.bytes) : `${arena.failsBelow}..${arena.bytes}`;
    },
  },
  arenaRatio: {
    title: "arena/live",
    definition:
      "That arena over the same bytes as in extent/live; <= where it is not known to be the smallest.",
    model: FIXED,
    least: 1,
    value: arenaRatio,
    text: (cell) => {
      const ratio = arenaRatio(cell);
      return ratio === null ? "" : `${cell.arena?.exact ? "" : "<="}${ratio.toFixed(3)}`;
    },
  },
};

function arenaRatio({ arena, peakRounded }: ComparedCell): number | null {
  return arena === null || arena.bytes === null || peakRounded === 0 ? null : arena.bytes / peakRounded;
}

interface PlainFigure extends Omit<Figure, "text" | "value"> {
  readonly digits: number;
  readonly value: (cell: ComparedCell) => number;
}

function figure({ digits, ...rest }: PlainFigure): Figure {
  return { ...rest, text: (cell) => rest.value(cell).toFixed(digits) };
}
