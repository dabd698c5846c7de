/* The program of "write a fit": see `start-program.ts`. */
import { PageView } from "../base/page-view";
import { offerProgram } from "../program";
import { EDITOR_STYLE } from "./editor-style";
import type { FitTaskData } from "./fit-task-data";
import { FitTaskView } from "./fit-task-view";

offerProgram<FitTaskData>(({ level, seed, theme }) => (
  <PageView label="Write a fit" theme={theme} style={EDITOR_STYLE}>
    <FitTaskView level={level} seed={seed} />
  </PageView>
));
