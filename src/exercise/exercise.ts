import { oneOf, ownOptions, show } from "../base/wrong-argument";
import { seededRandom } from "../random/seeded-random";
import type { HistoryJson } from "../run/codec/history-json";
import {
  type Answer,
  answerDifference,
  answerHint,
  answerRule,
  readAnswer,
  sameAnswer,
  writeAnswer,
} from "./answer";
import { callsText } from "./call";
import { EXERCISE_NAMES, EXERCISES, type ExerciseName } from "./exercises";
import {
  type Asked,
  checkLevel,
  type ExerciseKind,
  type Level,
  type Question,
  type Solution,
} from "./question";
import { runOf } from "./question-heap";
import { type Situation, situationOf, situationText } from "./situation";

/** Which exercise to make. Every option has a default. */
export interface ExerciseOptions {
  /** The kind: a key of `EXERCISES`. Default `"address"`. */
  readonly kind?: ExerciseName;
  /** How hard it is. Default 1. */
  readonly level?: Level;
  /** Any number or text, such as a student's name: the same seed, the same question. Default 0. */
  readonly seed?: number | string;
}

/** What came of an answer. Plain JSON. */
export interface Grade {
  /** Whether the answer is right; null when no answer could be read in what was given: that is no try. */
  readonly right: boolean | null;
  /** The answer that was given, as it was read, as a text that `grade` takes; null when there was no try. */
  readonly given: string | null;
  /** What to say, in a sentence or a few. Of a wrong answer it tells the right one. */
  readonly message: string;
  /** Where a wrong answer comes from, or how far it is right, without the right one; "" when there is nothing to say. */
  readonly hint: string;
  /** The right answer, as a text that `grade` takes; null when there was no try. */
  readonly answer: string | null;
  /** Why the right answer is right, step by step; empty when there was no try. */
  readonly explanation: readonly string[];
  /** The calls on the heap, to be played: `show(History.decode(run))`. Null where there are none, or was no try. */
  readonly run: HistoryJson | null;
  /** What to play beside it: the calls under the policy that a wrong answer takes it for, or that the question compares with. */
  readonly beside: { readonly label: string; readonly other: string; readonly run: HistoryJson } | null;
}

/** Draws of a question before its kind is given up; that happens to none. */
const MOST_DRAWS = 10_000;

/** A question, and whether an answer is right. What a cell or `JSON.stringify` shows of it is the question alone. */
export class Exercise {
  readonly question: Question;
  readonly #solution: Solution;

  /** @internal Use `makeExercise`. */
  constructor(question: Question, solution: Solution) {
    this.question = question;
    this.#solution = solution;
  }

  /**
   * Whether an answer is right, and what shows the difference.
   * @param answer a number, an address or null, one of the choices, or records, as the question asks; or a text with it: "1,024 bytes",
   *   "0x40", "denied", "[0: 16] -> [64: 8]"
   */
  grade(answer: unknown): Grade {
    const { answer: form } = this.question;
    const given = readAnswer(form, answer);
    if (given === undefined) {
      const message = `The answer is ${answerRule(form)}; ${answer === undefined ? "none was given" : `${show(answer)} is none`}. Try again: this was not counted.`;
      return {
        right: null,
        given: null,
        message,
        hint: "",
        answer: null,
        explanation: [],
        run: null,
        beside: null,
      };
    }
    const { answer: right, explain, slips } = this.#solution;
    const [its, theirs] = [writeAnswer(form, right), writeAnswer(form, given)];
    const told = {
      given: theirs,
      answer: its,
      explanation: [...explain()],
      run: this.#run(),
      beside: this.#beside(given),
    };
    if (sameAnswer(given, right)) return { right: true, message: `Right: ${its}.`, hint: "", ...told };
    const slip = slips?.().find(({ answer }) => sameAnswer(answer, given));
    const parts = [`Not ${theirs}, but ${its}.`, slip?.why ?? "", answerDifference(form, given, right)];
    return {
      right: false,
      message: parts.filter((part) => part !== "").join(" "),
      hint: [slip?.why ?? "", answerHint(form, given, right)].filter((part) => part !== "").join(" "),
      ...told,
    };
  }

  #run(): HistoryJson | null {
    const { heap, calls } = this.question;
    if (heap === null || heap.setup.length + calls.length === 0) return null;
    return runOf(this.#solution.shown ?? heap, calls).toJSON();
  }

  #beside(given: Answer): Grade["beside"] {
    const beside = this.#solution.beside?.(given);
    if (beside === undefined) return null;
    const { label, other, heap } = beside;
    return { label, other, run: runOf(heap, this.question.calls).toJSON() };
  }

  /** The heap as it is before the calls, for who draws it; null where the question is about none. */
  get situation(): Situation | null {
    const { kind, level } = this.question;
    return situationIn(kind as ExerciseName, level, this.question);
  }

  /** The question as plain JSON. */
  toJSON(): Question {
    return this.question;
  }

  /** The question, as a text. */
  toString(): string {
    const { title, level, situation, prompt, answer } = this.question;
    const known = [situation, callsGiven(this.question)].filter((text) => text !== "").join("\n");
    const rule = `grade(answer) takes ${answerRule(answer)}.`;
    return [`${title} (level ${level})`, known, prompt, rule].filter((part) => part !== "").join("\n\n");
  }

  /** What a notebook shows: the question. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** The calls of a question and what came of them, as a text; "" where its sentence says it all. */
export function callsGiven({ calls, given }: Question): string {
  const rows = [
    calls.length > 1 ? `calls    ${callsText(calls)}` : "",
    typeof given.after === "string" ? `then     ${given.after}` : "",
    typeof given.list === "string" ? `list     ${given.list}` : "",
  ];
  return rows.filter((row) => row !== "").join("\n");
}

/** @internal An exercise of what a kind asks. */
export function exerciseOf(
  { kind, level, seed }: Required<ExerciseOptions>,
  asked: Asked,
  solution: Solution,
): Exercise {
  const { title } = EXERCISES[kind];
  const known = situationIn(kind, level, asked);
  const situation = known === null ? "" : situationText(known);
  return new Exercise(
    { format: "freelist-lab question", version: 1, kind, level, seed, title, situation, ...asked },
    solution,
  );
}

/** The heap as it is before the calls; null where the question is about none. */
function situationIn(kind: ExerciseName, level: Level, { heap, calls }: Asked): Situation | null {
  const { hides, rules }: ExerciseKind = EXERCISES[kind];
  return heap === null ? null : situationOf(heap, calls, hides?.(level), rules?.(level));
}

/**
 * An exercise, drawn from a seed: a question on what an allocator does, and a check of its answer. The same kind, level and seed make
 * the same question everywhere.
 * @throws RangeError or TypeError for a kind, a level or a seed that there is not
 *
 * @example
 * const exercise = makeExercise({ kind: "address", level: 2, seed: "Ada" });
 * exercise // the question
 * exercise.grade(64) // whether that is the answer, and why
 */
export function makeExercise(options: ExerciseOptions = {}): Exercise {
  const { kind = "address", level = 1, seed = 0 } = ownOptions(options, ["kind", "level", "seed"]);
  oneOf("options.kind", kind, EXERCISE_NAMES);
  checkLevel(level);
  const { draw, solve, dull } = EXERCISES[kind];
  if (typeof seed === "number") seededRandom(seed);
  const random = seededRandom(`${kind} ${level} ${seed}`);
  for (let draws = 0; draws < MOST_DRAWS; draws++) {
    const asked = draw(random, level);
    const solution = solve(asked, level);
    if (dull?.(asked, solution, level)) continue;
    return exerciseOf({ kind, level, seed }, asked, solution);
  }
  throw new Error(
    `No question of the kind "${kind}" was found at level ${level} from the seed ${show(seed)}.`,
  );
}
