/* The program of "catch the bug": see `start-program.ts`. */
import { loadPlotly } from "../../player/page/load-plotly";
import { PageView } from "../base/page-view";
import { offerProgram } from "../program";
import type { BugData } from "./bug-data";
import { BugView } from "./bug-view";
import { EXERCISE_STYLE } from "./style";

offerProgram<BugData>((data, root) => (
  <PageView label="Catch the bug" theme={data.theme} style={EXERCISE_STYLE}>
    <BugView data={data} page={{ plotly: () => loadPlotly(data.plotly, root), theme: data.theme }} />
  </PageView>
));
