/* The program of "be the allocator": see `start-program.ts`. */
import { PageView } from "../base/page-view";
import { offerProgram } from "../program";
import type { PlacingData } from "./placing-data";
import { PlacingView } from "./placing-view";
import { EXERCISE_STYLE } from "./style";

offerProgram<PlacingData>(({ level, seed, theme }) => (
  <PageView label="Be the allocator" theme={theme} style={EXERCISE_STYLE}>
    <PlacingView level={level} seed={seed} />
  </PageView>
));
