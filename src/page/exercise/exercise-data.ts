import type { ExerciseOptions } from "../../exercise/exercise";
import type { PlotlySource, Theme } from "../../player/payload";

/** What an output carries for exercises in the page: plain JSON, from which the page draws the questions anew. No answer is in it. */
export interface ExerciseData {
  readonly exercises: readonly Required<ExerciseOptions>[];
  readonly plotly: PlotlySource;
  readonly theme: Theme;
}
