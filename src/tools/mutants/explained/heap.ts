import type { Explanations } from "./explanation";

/** In src/heap. */
export const HEAP: Explanations = {
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
  "src/heap/buddy-system.ts": [
    {
      code: "readonly #placed = { request: 0, size: 0, unit: NO_HOLE, rest: 0, found: NO_HOLE, foundSize: 0, units: 0 };",
      changes: [
        "{ request: 0, size: 0, unit: NO_HOLE, rest: 0, found: NO_HOLE, foundSize: 0, units: 0 } => {}",
      ],
      because: "Each malloc sets what its event is made of.",
    },
    {
      code: "readonly #freed = { address: 0, unit: NO_HOLE, size: 0, hole: NO_HOLE };",
      changes: ["{ address: 0, unit: NO_HOLE, size: 0, hole: NO_HOLE } => {}"],
      because: "Each free sets what its event is made of.",
    },
    {
      code: "did.foundSize = did.found === NO_HOLE ? 0 : this.#arena.sizeAt(did.found);",
      changes: ["did.found === NO_HOLE => false"],
      because: "The size at no unit is no number, and counts like 0.",
    },
    {
      code: "const unit = from === null ? NO_HOLE : this.#unitOf(from);",
      changes: ["from === null => false"],
      because: "Null is no integer, and so the address of no block.",
    },
    {
      code: 'this.#last = "realloc";',
      changes: ['"realloc" => ""'],
      because: "What is neither a malloc nor a free is told as a realloc.",
    },
    {
      code: "if (block < 0 && block === blocks[i - 1] && (unit / size) % 2 === 1)",
      changes: ["block < 0 => block <= 0"],
      because: "No block has 0 units.",
    },
    {
      code: "if (units > this.#arena.room) {",
      changes: ["units > this.#arena.room => true", "units > this.#arena.room => units >= this.#arena.room"],
      because: "Makes room that is there already.",
    },
    {
      code: "return Number.isInteger(address) && Number.isInteger(unit) && unit >= 0 && this.#arena.isAllocated(unit)",
      changes: ["unit >= 0 => true"],
      because: "Before the first unit there are no tags.",
    },
  ],
  "src/heap/check-heap.ts": [
    {
      code: "if (at > 0)",
      changes: ["at > 0 => at >= 0"],
      because: "The first hole of a list is never out of order.",
    },
  ],
  "src/heap/fits.ts": [
    {
      code: "const behind = rover === NO_HOLE ? NO_HOLE : list.first(size, rover);",
      changes: ["rover === NO_HOLE => false"],
      because:
        "Without a rover the list is searched from its head, and, in vain, twice: slower, and the same.",
    },
    {
      code: "else if (top < size) differsBetween(size - top, hole.size - top);",
      changes: ["top < size => true", "top < size => top <= size"],
      because:
        "A top hole that is large enough and was not taken is no smaller than the hole: no arena is named.",
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
      code: "account?.resized(how, address, address === null ? 0 : arena.sizeAt(this.#unitOf(address)), grown);",
      changes: ["address === null => false"],
      because: "Where no block is answered, its size is not looked at.",
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
  "src/heap/heap-from.ts": [
    {
      code: "if (compare) holes.sort(compare);",
      changes: ["compare => true"],
      because: "Sorting holes by no rule leaves them as they stand.",
    },
    {
      code: "if (compare && last && compare(last, hole) > 0)",
      changes: ["compare(last, hole) > 0 => compare(last, hole) >= 0"],
      because: "No two holes are equal in an order.",
    },
  ],
  "src/heap/list-state.ts": [
    {
      code: "if (size > 0) continue;",
      changes: ["size > 0 => size >= 0"],
      because: "No block has 0 units.",
    },
    {
      code: "if (blocks[i - 1]! < 0 && COALESCINGS[coalesce].onFree)",
      changes: ["blocks[i - 1]! < 0 => blocks[i - 1]! <= 0"],
      because: "No block has 0 units.",
    },
    {
      code: "if (size < 0) missing.add(start);",
      changes: ["size < 0 => size <= 0"],
      because: "No block has 0 units.",
    },
    {
      code: "address: list[i]! * unit,",
      changes: ["list[i]! * unit => list[i]! / unit"],
      because: "Orders compare addresses with each other alone.",
    },
    {
      code: "if (!dataset.typed) return;",
      changes: ["!dataset.typed => false"],
      because: "What is no list does not come so far: a pipe ends before it transforms what is wrong.",
    },
    {
      code: "if (at >= 0)",
      changes: ["at >= 0 => at > 0"],
      because: "The first hole of a list is never out of order.",
    },
  ],
  "src/heap/orders.ts": [
    {
      code: 'newest: "back",',
      changes: ['"back" => ""'],
      because: "The back is the default.",
    },
    {
      code: 'index: (arena, bySize) => new ArrivalList(arena, "back", bySize),',
      changes: ['"back" => ""'],
      because: "What is not the front is the back.",
    },
    {
      code: 'index: (arena) => new SizeList(arena, "descending"),',
      changes: ['"descending" => ""'],
      because: "What does not ascend descends.",
    },
    {
      code: "never: { onFree: false, onFailure: false },",
      changes: ["{ onFree: false, onFailure: false } => {}"],
      because: "What is left out counts like false.",
    },
  ],
  "src/heap/original-heap.ts": [
    {
      code: "const around = this.#records.find((r) => r.address < address && address < r.address + r.size);",
      changes: ["r.address < address => r.address <= address"],
      because: "No record starts at the address.",
    },
  ],
  "src/heap/own-fit.ts": [
    {
      code: "static override get [Symbol.species](): ArrayConstructor {",
      changes: ["{ return Array; } => {}"],
      because:
        "Where there is no species, the list that is made is a plain array, too (ECMA-262, ArraySpeciesCreate).",
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
        "this.#shift >= 0 => this.#shift > 0",
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
  "src/heap/textbook-heap.ts": [
    {
      code: 'this.#fit = typeof fit === "string" ? FITS[fit] : null;',
      changes: ['typeof fit === "string" => true'],
      because: "No fit in the table has a function for its name.",
    },
    {
      code: "#malloc(request: number, inPlace = () => false): MallocEvent {",
      changes: ["() => false => () => undefined"],
      because: "Undefined counts like false.",
    },
    {
      code: "if (this.#rover !== null && parts.includes(this.#rover)) this.#rover = hole;",
      changes: ["this.#rover !== null => true"],
      because: "None of the parts is null.",
    },
    {
      code: "const tail = { address: block.address + size, size: block.size - size, free: false };",
      changes: ["false => true"],
      because: "The tail gives way at once to the hole that is made of it.",
    },
    {
      code: 'const taken = this.#split(hole, missing - grown, "low").block;',
      changes: ["missing - grown => missing + grown"],
      because: "Where the heap grows, the block gets all of the hole.",
    },
    {
      code: "if (this.#order.compare) this.#list.sort(this.#order.compare);",
      changes: ["this.#order.compare => true"],
      because: "Sorting holes by no rule leaves them as they stand.",
    },
    {
      code: "const block = { address: this.base + unit * this.#unit, size, free: units < 0 };",
      changes: ["units < 0 => units <= 0"],
      because: "No block has 0 units.",
    },
    {
      code: "if (block.free) holes.set(unit, block);",
      changes: ["block.free => true"],
      because: "Those that are asked for are known to be holes.",
    },
  ],
};
