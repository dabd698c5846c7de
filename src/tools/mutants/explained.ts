/** A change of the source that no test can notice, and why. */
export interface Explained {
  /** Below the project's root. */
  readonly file: string;
  /** The line in which it begins, without its indentation. */
  readonly code: string;
  /** The changes, as `npm run mutants` prints them: `before => after`; "all" for each that no test notices in this line. */
  readonly changes: readonly string[] | "all";
  /** One sentence. */
  readonly because: string;
}

/** Changes that make no difference to what the library does: to how fast, or to nothing. */
export const EXPLAINED: readonly Explained[] = [];
