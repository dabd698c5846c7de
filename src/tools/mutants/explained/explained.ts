import type { Explanations } from "./explanation";
import { HEAP } from "./heap";
import { HEAP_INDEX } from "./heap-index";
import { RUN } from "./run";
import { RUN_DECISION } from "./run-decision";

/** Changes that make no difference to what the library does: to how fast, or to nothing. */
export const EXPLAINED: Explanations = { ...HEAP, ...HEAP_INDEX, ...RUN, ...RUN_DECISION };
