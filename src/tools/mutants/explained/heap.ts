import type { ExplainedByFile } from "./explained";

/** In src/heap. */
export const HEAP: ExplainedByFile = {
  "src/heap/arena.ts": [
    {
      code: "if (size < 0) arena.putHole(unit, -size);",
      changes: ["size < 0 => size <= 0"],
      because: "Blocks of 0 units are refused above.",
    },
    {
      code: "const size = tag < 0 ? -tag : tag;",
      changes: ["tag < 0 => tag <= 0"],
      because: "The tag 0 has no sign.",
    },
    {
      code: "return unit < this.units && this.#tags[unit]! > 0;",
      changes: ["unit < this.units => true", "unit < this.units => unit <= this.units"],
      because: "Behind the last block there are no tags.",
    },
    {
      code: "return this.#tags[unit]! < 0;",
      changes: ["this.#tags[unit]! < 0 => this.#tags[unit]! <= 0"],
      because: "The loop ends at a tag that is not 0.",
    },
  ],
  "src/heap/free-list.ts": [
    {
      code: "#counts = false;",
      changes: ["false => true"],
      because: "It is set again when the first state is taken.",
    },
    {
      code: "const old = unit === NO_HOLE ? 0 : space.arena.sizeAt(unit);",
      changes: ["unit === NO_HOLE => false"],
      because: "The block at no unit is asked for its size, which nobody is told.",
    },
    {
      code: "if (!this.#counts) this.#space.list.count();",
      changes: ["!this.#counts => true"],
      because: "Counts anew what is counted.",
    },
    { code: "this.#counts = true;", changes: ["true => false"], because: "Counts anew what is counted." },
    {
      code: "if (!this.listening) this.#space.account = null;",
      changes: ["!this.listening => false"],
      because: "Keeps account for nobody.",
    },
    {
      code: "return unit >= 0 && this.#space.arena.isAllocated(unit) ? unit : NO_HOLE;",
      changes: ["unit >= 0 => true"],
      because: "Before the first unit there are no tags.",
    },
    {
      code: "if (this.#counts) list.count();",
      changes: ["this.#counts => true"],
      because: "Counts that nobody asks for.",
    },
    {
      code: 'const named = typeof fit === "string" ? FITS[fit] : null;',
      changes: ['typeof fit === "string" => true'],
      because: "No fit in the table has a function for its name.",
    },
    {
      code: "const search = fit.index ?? (fit.indexBySize as IndexedSearch | undefined);",
      changes: [
        "fit.index ?? (fit.indexBySize as IndexedSearch | undefined) => fit.index && fit.indexBySize as IndexedSearch | undefined",
      ],
      because: "The walk along the list is what the index stands for: slower, and the same.",
    },
    {
      code: "if (search) return search;",
      changes: ["search => false"],
      because: "The walk along the list is what the index stands for: slower, and the same.",
    },
  ],
  "src/heap/free-space.ts": [
    {
      code: "for (const size of state.blocks) if (size > 0) this.used += size;",
      changes: ["size > 0 => size >= 0"],
      because: "No block has 0 units.",
    },
    {
      code: "if (rest > 0) size += rest;",
      changes: ["rest > 0 => rest >= 0", "rest > 0 => true"],
      because: "Adds 0.",
    },
    {
      code: "this.#loose = false;",
      changes: ["false => true"],
      because: "Looks again for holes that touch, and finds none.",
    },
    {
      code: "const first = this.list.inOrder().filter((hole) => arena.holeBefore(hole) === NO_HOLE);",
      changes: [
        "this.list.inOrder().filter((hole) => arena.holeBefore(hole) === NO_HOLE) => this.list.inOrder()",
        "arena.holeBefore(hole) === NO_HOLE => true",
      ],
      because: "Holes that were taken in by others are none any more when their turn comes.",
    },
    {
      code: "if (this.rules.roves) this.rover = NO_HOLE;",
      changes: ["this.rules.roves => true"],
      because: "Without a fit that roves the rover is always there.",
    },
    {
      code: "if (roved) this.rover = after;",
      changes: ["roved => true"],
      because: "Without the rover on it the next hole is not used.",
    },
    {
      code: "if (units > this.arena.room) {",
      changes: ["units > this.arena.room => units >= this.arena.room"],
      because: "Makes room that is there already.",
    },
  ],
  "src/heap/heap-base.ts": [
    {
      code: "if (event !== null) this.#pass(event);",
      changes: ["event !== null => true"],
      because: "Passes on to nobody.",
    },
    {
      code: "if (event !== null) this.#pass(event);",
      changes: ["event !== null => true"],
      because: "Passes on to nobody.",
    },
    {
      code: "if (event !== null) this.#pass(event);",
      changes: ["event !== null => true"],
      because: "Passes on to nobody.",
    },
    {
      code: "this.listening = listeners.length > 0;",
      changes: ["listeners.length > 0 => true", "listeners.length > 0 => listeners.length >= 0"],
      because: "Makes events for nobody.",
    },
  ],
  "src/heap/rounding.ts": [
    {
      code: "this.#shift = Number.isInteger(shift) && this.#perAlign === 1 && this.#added < SMALL ? shift : -1;",
      changes: [
        "Number.isInteger(shift) && this.#perAlign === 1 && this.#added < SMALL => false",
        "this.#added < SMALL => this.#added <= SMALL",
      ],
      because: "Only fewer, or one more, of the requests take the quick way, which counts the same.",
    },
    {
      code: "if (request > 0 && request < SMALL && (request | 0) === request && this.#shift >= 0)",
      changes: [
        "request > 0 && request < SMALL && (request | 0) === request && this.#shift >= 0 => false",
        "request < SMALL => request <= SMALL",
      ],
      because: "Only fewer, or one more, of the requests take the quick way, which counts the same.",
    },
    {
      code: "return units << this.#shift === bytes && this.#shift >= 0 ? units : this.#anyWholeUnits(bytes);",
      changes: "all",
      because:
        "The slow way says the same; and with a shift of −1 only 0 comes back from shifting to and fro, which is right.",
    },
  ],
};
