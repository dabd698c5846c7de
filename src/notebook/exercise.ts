import { html, type Markup } from "../base/markup";
import { oneOf, ownOptions, show } from "../base/wrong-argument";
import { answerRule } from "../exercise/answer";
import { callsGiven, type Exercise, type ExerciseOptions, makeExercise } from "../exercise/exercise";
import { EXERCISE_NAMES } from "../exercise/exercises";
import { makeHeap } from "../exercise/question-heap";
import { drawnText } from "../exercise/situation";
import type { ExerciseData } from "../page/exercise/exercise-data";
import type { PlotlySource } from "../player/payload";
import { heapStrip } from "./heap-html";
import { displayHtml } from "./kernel-display";
import { plotlySource } from "./plotly-package";
import { programOutput, programText, savePage } from "./program-output";

/** Which exercise to show, and how it looks. */
export interface ShownExerciseOptions extends ExerciseOptions {
  /** `"auto"` (the default) follows JupyterLab's theme, or the reader's system; or one of the two. */
  readonly theme?: "auto" | "light" | "dark";
}

/** What a page of exercises starts with. Every option has a default. */
export interface ExercisePageOptions {
  /** Stands above it. Default: "Exercises". */
  readonly title?: string;
  /** `"auto"` (the default) follows the reader's system; or one of the two. */
  readonly theme?: "auto" | "light" | "dark";
}

/**
 * Asks a question in the cell's output, with a place for the answer: it is checked in the page, without the kernel, and when it has been
 * found, or after a try, the page shows why, and the run in the player. The output does not hold the answer: the page works it out from
 * the seed. Where scripts do not run, the question stays as text and picture.
 * @returns the exercise, for whoever answers in code: `exercise.grade(64)`
 * @throws RangeError or TypeError for a kind, a level or a seed that there is not; Error outside of a tslab notebook: use
 *   `saveExercises` there
 *
 * @example
 * exercise({ kind: "address", level: 2, seed: "Ada" });
 */
export function exercise(options: ShownExerciseOptions = {}): Exercise {
  const { theme, ...which } = ownOptions(options, ["kind", "level", "seed", "theme"]);
  const made = makeExercise(which);
  displayHtml(exercisesHtml([made], theme, plotlySource()));
  // The question stands there: what the cell prints is how to answer it in code.
  const printed = () => `grade(answer) takes ${answerRule(made.question.answer)}.`;
  return Object.defineProperty(made, Symbol.for("nodejs.util.inspect.custom"), { value: printed });
}

/**
 * Asks several questions in the cell's output, one below the other; see `exercise`. One output with six questions is a good deal smaller
 * than six of them.
 * @throws as `exercise`; RangeError for no question at all
 *
 * @example
 * exercises([{ kind: "address", seed: "Ada" }, { kind: "merge", seed: "Ada" }]);
 */
export function exercises(
  which: readonly ExerciseOptions[],
  options: Pick<ShownExerciseOptions, "theme"> = {},
): void {
  const { theme } = ownOptions(options, ["theme"]);
  displayHtml(exercisesHtml(madeOf(which), theme, plotlySource()));
}

/**
 * Saves one exercise, or several, as a page with everything inside (2.6 MB, nearly all of it Plotly), which checks answers by itself; see
 * `exercise`. It opens from disk and asks no network for anything.
 * @param path the file; one that is there is replaced
 * @param exercises which; default: one of each kind, at level 1
 * @returns where it was saved: the whole path of the file
 * @throws RangeError or TypeError for what is no exercise, or no path; Error when the file cannot be written
 *
 * @example
 * saveExercises("week-3.html", [{ kind: "merge", seed: "Ada" }, { kind: "list", level: 2, seed: "Ada" }], { title: "Week 3" });
 */
export function saveExercises(
  path: string,
  exercises: ExerciseOptions | readonly ExerciseOptions[] = EXERCISE_NAMES.map((kind) => ({ kind })),
  options: ExercisePageOptions = {},
): string {
  const { title = "Exercises", theme } = ownOptions(options, ["title", "theme"]);
  if (typeof title !== "string") throw new TypeError(`options.title must be a text, not ${show(title)}.`);
  const all = Array.isArray(exercises)
    ? (exercises as readonly ExerciseOptions[])
    : [exercises as ExerciseOptions];
  return savePage(path, title, exercisesHtml(madeOf(all), theme, { ...plotlySource(), near: null }));
}

/**
 * Exercises as one piece of HTML: the questions as text and pictures, and the program that asks them.
 * @param program what runs in the page; default: the bundle of `npm run build`
 */
export function exercisesHtml(
  exercises: readonly Exercise[],
  theme: ExerciseData["theme"] = "auto",
  plotly: PlotlySource,
  program: string = programText("exercise"),
): Markup {
  oneOf("options.theme", theme, ["auto", "light", "dark"]);
  const data: ExerciseData = {
    exercises: exercises.map(({ question: { kind, level, seed } }) => ({
      kind: kind as ExerciseData["exercises"][number]["kind"],
      level,
      seed,
    })),
    plotly,
    theme,
  };
  return programOutput(html`${exercises.map(questionHtml)}`, data, program);
}

function madeOf(all: readonly ExerciseOptions[]): Exercise[] {
  if (!Array.isArray(all))
    throw new TypeError(`Exercises are a list of options, not ${show(all)}; put them into [ ].`);
  if (all.length === 0)
    throw new RangeError(
      "A page has at least one exercise, and none was given; leave them out for one of each kind.",
    );
  return all.map((each) => makeExercise(each));
}

/** A question that needs nothing: its text, with the heap as a strip. */
function questionHtml({ question, situation }: Exercise): Markup {
  const { title, level, heap, prompt } = question;
  const heading = html`<p><strong>${title}</strong> (level ${level})</p>`;
  const drawn = situation && heap ? [heapStrip(makeHeap(heap).heap), drawnText(situation)] : ["", ""];
  const known = [drawn[1], callsGiven(question)].filter((text) => text !== "").join("\n");
  const rules = html`<p>${situation?.rules.join(" ") ?? ""}</p>`;
  return html`<div>${heading}${rules}${drawn[0]}<pre>${known}</pre><p><strong>${prompt}</strong></p></div>`;
}
