import { HEAP } from "./heap";
import { HEAP_INDEX } from "./heap-index";
import { RUN } from "./run";
import { RUN_DECISION } from "./run-decision";

/** Changes of a line of the source that no test can notice, and why. */
export interface Explained {
  /** The line in which they begin, without its indentation. */
  readonly code: string;
  /** As `npm run mutants` prints them: `before => after`; "all" for each that no test notices in this line. */
  readonly changes: readonly string[] | "all";
  /** One sentence. */
  readonly because: string;
}

/** By the file's path below the project's root. */
export type ExplainedByFile = Readonly<Record<string, readonly Explained[]>>;

/** Changes that make no difference to what the library does: to how fast, or to nothing. */
export const EXPLAINED: ExplainedByFile = { ...HEAP, ...HEAP_INDEX, ...RUN, ...RUN_DECISION };
