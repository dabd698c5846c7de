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
  {
    file: "src/heap/index/address-list.ts",
    code: "if (size > this.#largest.at(group)) this.#largest.set(group, size);",
    changes: ["size > this.#largest.at(group) => size >= this.#largest.at(group)"],
    because: "Sets what is so already.",
  },
  {
    file: "src/heap/index/address-list.ts",
    code: "if (right !== NO_HOLE) this.take(right);",
    changes: ["right !== NO_HOLE => true"],
    because: "What is written before the start of a typed array is lost.",
  },
  {
    file: "src/heap/index/address-list.ts",
    code: "return group < 0 ? NO_HOLE : this.#firstIn(group, size, -1);",
    changes: ["group < 0 => false"],
    because: "There is no word before the first, and so no hole is found in it.",
  },
  {
    file: "src/heap/index/address-list.ts",
    code: "if (this.#counts !== null) this.count();",
    changes: ["this.#counts !== null => true"],
    because: "Counts that nobody asks for.",
  },
  {
    file: "src/heap/index/address-list.ts",
    code: "if (size > largest) largest = size;",
    changes: ["size > largest => size >= largest"],
    because: "Sets what is so already.",
  },
  {
    file: "src/heap/free-space.ts",
    code: "for (const size of state.blocks) if (size > 0) this.used += size;",
    changes: ["size > 0 => size >= 0"],
    because: "No block has 0 units.",
  },
  {
    file: "src/heap/free-space.ts",
    code: "if (rest > 0) size += rest;",
    changes: ["rest > 0 => rest >= 0", "rest > 0 => true"],
    because: "Adds 0.",
  },
  {
    file: "src/heap/free-space.ts",
    code: "this.#loose = false;",
    changes: ["false => true"],
    because: "Looks again for holes that touch, and finds none.",
  },
  {
    file: "src/heap/free-space.ts",
    code: "const first = this.list.inOrder().filter((hole) => arena.holeBefore(hole) === NO_HOLE);",
    changes: [
      "this.list.inOrder().filter((hole) => arena.holeBefore(hole) === NO_HOLE) => this.list.inOrder()",
      "arena.holeBefore(hole) === NO_HOLE => true",
    ],
    because: "Holes that were taken in by others are none any more when their turn comes.",
  },
  {
    file: "src/heap/free-space.ts",
    code: "if (this.rules.roves) this.rover = NO_HOLE;",
    changes: ["this.rules.roves => true"],
    because: "Without a fit that roves the rover is always there.",
  },
];
