/* The playground's program: see `start-program.ts`. */
import { loadPlotly } from "../../player/page/load-plotly";
import { offerProgram } from "../program";
import { Playground } from "./playground";
import type { PlaygroundData } from "./playground-data";

offerProgram<PlaygroundData>((data, root) => (
  <Playground data={data} plotly={loadPlotly(data.plotly, root)} />
));
