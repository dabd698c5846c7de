/* The program of exercises: see `start-program.ts`. */
import { loadPlotly } from "../../player/page/load-plotly";
import { PageView } from "../base/page-view";
import { offerProgram } from "../program";
import type { ExerciseData } from "./exercise-data";
import { ExerciseView } from "./exercise-view";
import { EXERCISE_STYLE } from "./style";

offerProgram<ExerciseData>(({ exercises, plotly, theme }, root) => {
  const page = { plotly: () => loadPlotly(plotly, root), theme };
  return (
    <PageView label={exercises.length > 1 ? "Exercises" : "Exercise"} theme={theme} style={EXERCISE_STYLE}>
      {exercises.map((options, i) => (
        <ExerciseView key={i} options={options} page={page} />
      ))}
    </PageView>
  );
});
