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
export const EXPLAINED: readonly Explained[] = [
  {
    file: "src/heap/rounding.ts",
    code: "this.#shift = Number.isInteger(shift) && this.#perAlign === 1 && this.#added < SMALL ? shift : -1;",
    changes: [
      "Number.isInteger(shift) && this.#perAlign === 1 && this.#added < SMALL => false",
      "this.#added < SMALL => this.#added <= SMALL",
    ],
    because: "Only fewer, or one more, of the requests take the quick way, which counts the same.",
  },
  {
    file: "src/heap/rounding.ts",
    code: "if (request > 0 && request < SMALL && (request | 0) === request && this.#shift >= 0)",
    changes: [
      "request > 0 && request < SMALL && (request | 0) === request && this.#shift >= 0 => false",
      "request < SMALL => request <= SMALL",
    ],
    because: "Only fewer, or one more, of the requests take the quick way, which counts the same.",
  },
  {
    file: "src/heap/rounding.ts",
    code: "return units << this.#shift === bytes && this.#shift >= 0 ? units : this.#anyWholeUnits(bytes);",
    changes: "all",
    because:
      "The slow way says the same; and with a shift of −1 only 0 comes back from shifting to and fro, which is right.",
  },
];
