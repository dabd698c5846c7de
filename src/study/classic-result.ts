import type { Random } from "../random/random";
import type { Trace } from "../trace/trace";

/** The chapters of the laboratory, in order, each with the question that its results answer. */
export const CHAPTERS = {
  equilibrium: {
    title: "Equilibrium",
    question: "What does a heap look like that has run for long?",
  },
  fits: { title: "Fits", question: "Which hole should be taken?" },
  buddies: { title: "Rounding and buddies", question: "What do a few sizes cost, and what do they save?" },
  worst: { title: "Worst cases", question: "How bad can it get?" },
  programs: { title: "Real programs", question: "What do programs do that random requests do not?" },
  speed: { title: "Speed and chance", question: "How fast can a hole be found, and what does chance buy?" },
} as const;

export type ChapterName = keyof typeof CHAPTERS;

/** Where a claim was published, and how much of that was read for this laboratory. */
export interface ResultSource {
  readonly authors: string;
  readonly year: number;
  /** Title and place of publication. */
  readonly work: string;
  /** What was read: the whole text, its abstract, or what somebody else says of it. */
  readonly seen: "full text" | "abstract" | "secondary";
  /** With `"secondary"`: whose statement was read. */
  readonly by?: string;
}

/** From where to where a figure lies when the claim holds; both included, either may be infinite. */
export interface ExpectedRange {
  readonly from: number;
  readonly to: number;
}

/** One number that an experiment measures. */
export interface ResultFigure {
  /** What it is, as a table's row has it; no two in a result are called alike. */
  readonly name: string;
  /** How it is written: a share as a percentage, points of a percentage, or a plain number. Default `"number"`. */
  readonly unit?: "share" | "points" | "number";
  /** What the claim expects of it. Left out: the figure is only shown. */
  readonly expect?: ExpectedRange;
  /** Why this range: what the claim says, and what is granted to it. Given with `expect`. */
  readonly why?: string;
  /** Where it stands in the picture: the panel (its axis), the series, the place on the horizontal axis. */
  readonly at: readonly [panel: string, series: string, place: string];
}

/** What an experiment measures with. */
export interface Experiment {
  /** A stream of its own for each seed. */
  readonly random: Random;
  /** The experiment's parameters: its defaults, and what the reader changed. */
  readonly parameters: Readonly<Record<string, number>>;
  /** With `over: "programs"`: the program. */
  readonly trace: Trace;
}

/** A published result as an experiment. */
export interface ClassicResult {
  readonly title: string;
  readonly chapter: ChapterName;
  /** The claim in our own words. */
  readonly claim: string;
  readonly source: ResultSource;
  /** What is done here, in words. */
  readonly experiment: string;
  /**
   * What the figures are averaged over: seeds; the programs whose traces are given; or nothing, where there is one answer and
   * no chance in it.
   */
  readonly over: "seeds" | "programs" | "nothing";
  /** Sizes and lengths, each of which the reader may change. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly figures: readonly ResultFigure[];
  /** Measures every figure once, by name. */
  readonly measure: (experiment: Experiment) => Readonly<Record<string, number>>;
  /** What is to be said where it does not reproduce, or reproduces in another sense than the source's. */
  readonly note?: string;
}

/** At most, at least, about, between: the ranges that claims speak of. */
export const atMost = (to: number): ExpectedRange => ({ from: Number.NEGATIVE_INFINITY, to });
export const atLeast = (from: number): ExpectedRange => ({ from, to: Number.POSITIVE_INFINITY });
export const within = (tolerance: number, of: number): ExpectedRange => ({
  from: of - tolerance,
  to: of + tolerance,
});
export const between = (from: number, to: number): ExpectedRange => ({ from, to });
export const exactly = (value: number): ExpectedRange => ({ from: value, to: value });
