import type { ExplainedByFile } from "./explained";

/** In src/run. */
export const RUN: ExplainedByFile = {};
