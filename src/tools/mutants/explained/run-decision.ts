import type { ExplainedByFile } from "./explained";

/** In src/run/decision. */
export const RUN_DECISION: ExplainedByFile = {};
