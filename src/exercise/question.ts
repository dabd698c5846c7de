import { show } from "../base/wrong-argument";
import type { Random } from "../random/random";
import type { Answer, AnswerForm } from "./answer";
import type { Call } from "./call";
import type { QuestionHeap } from "./question-heap";
import type { Hidden } from "./situation";

/** How hard a question is: 1 to begin with, 3 with everything that can be in the way. */
export type Level = 1 | 2 | 3;

/** Checks the option of that name. @throws RangeError for a level that there is not */
export function checkLevel(level: unknown): asserts level is Level {
  if (level !== 1 && level !== 2 && level !== 3)
    throw new RangeError(`options.level must be 1, 2 or 3, not ${show(level)}; 1 is the easiest.`);
}

/** What a question asks. Plain JSON, and without its answer. */
export interface Asked {
  /** The question, in a sentence or two. Of several calls it says no more than "the last call": they are listed above it. */
  readonly prompt: string;
  /** The heap that it is about, in the state before the calls; null when it is about none. */
  readonly heap: QuestionHeap | null;
  /** The calls that it is about. */
  readonly calls: readonly Call[];
  /**
   * What else is given. `after`: the blocks that the calls come to, and `list`: the free list then, both as texts; they stand below the
   * calls. What others mean each kind says.
   */
  readonly given: Readonly<Record<string, number | string | null | undefined>>;
  /** The kind of answer that it takes. */
  readonly answer: AnswerForm;
}

/** A question as plain JSON: what a page or a cell needs to ask it. The answer is not in it. */
export interface Question extends Asked {
  readonly format: "freelist-lab question";
  readonly version: 1;
  /** A key of `EXERCISES`. */
  readonly kind: string;
  readonly level: Level;
  /** What it was drawn from. */
  readonly seed: number | string;
  /** What it is about, for a heading. */
  readonly title: string;
  /** The heap in words: its policy, and a table of its blocks and its list; "" where there is none. */
  readonly situation: string;
}

/** An answer that comes from a slip that is often made, and what the slip is. */
export interface Slip {
  readonly answer: Answer;
  /** "That is the address of the block; malloc answers that of its payload." */
  readonly why: string;
}

/** Two runs to be played side by side. */
export interface Beside {
  /** What the right run is called. */
  readonly label: string;
  /** What the other is called. */
  readonly other: string;
  readonly heap: QuestionHeap;
}

/** The right answer to a question, and why it is right. */
export interface Solution {
  readonly answer: Answer;
  /** Why, step by step: sentences. */
  readonly explain: () => readonly string[];
  /** Wrong answers and where they come from. Default: none are known. */
  readonly slips?: () => readonly Slip[];
  /** The heap to show playing the calls, where it is another than the question's. */
  readonly shown?: QuestionHeap;
  /** Another heap to play the calls beside it, for whoever gave this answer; undefined where there is none to compare with. */
  readonly beside?: (given: Answer) => Beside | undefined;
}

/** A kind of exercise: how its questions are drawn, and how they are solved. */
export interface ExerciseKind {
  /** What is asked, for a heading. */
  readonly title: string;
  /** What one learns, in a sentence. */
  readonly teaches: string;
  /** What each level is about. */
  readonly levels: readonly [string, string, string];
  /** What the question asks for of the heap's policy, and so must not say. Default: nothing. */
  readonly hides?: (level: Level) => readonly Hidden[];
  /** Rules that the question needs beside those that its calls touch. Default: none. */
  readonly rules?: (level: Level) => readonly string[];
  /** Draws a question. */
  readonly draw: (random: Random, level: Level) => Asked;
  /** Solves it, from what is asked alone. */
  readonly solve: (asked: Asked, level: Level) => Solution;
  /** Whether the question is not worth asking; then another is drawn. Default: never. */
  readonly dull?: (asked: Asked, solution: Solution, level: Level) => boolean;
}

/** The entry for a level. */
export function byLevel<T>(level: Level, ...entries: readonly [T, T, T]): T {
  return entries[level - 1]!;
}
