/** Changes of a line of the source that no test can notice, and why. */
export interface Explanation {
  /** The line in which they begin, without its indentation. */
  readonly code: string;
  /** As `npm run mutants` prints them: `before => after`; "all" for each that no test notices in this line. */
  readonly changes: readonly string[] | "all";
  /** One sentence. */
  readonly because: string;
}

/** By the file's path below the project's root. */
export type Explanations = Readonly<Record<string, readonly Explanation[]>>;
