/* The program of "catch the bug": see `start-program.ts`. */
import { loadPlotly } from "../../player/page/load-plotly";
import { PageView } from "../base/page-view";
import { offerProgram } from "../program";
import { showIn } from "../show-in";
import type { BugData } from "./bug-data";
import { BugView } from "./bug-view";
import { EXERCISE_STYLE } from "./style";

offerProgram<BugData>((root, data) => {
  const page = { plotly: () => loadPlotly(data.plotly, root), theme: data.theme };
  showIn(
    root,
    <PageView label="Catch the bug" theme={data.theme} style={EXERCISE_STYLE}>
      <BugView data={data} page={page} />
    </PageView>,
  );
});
