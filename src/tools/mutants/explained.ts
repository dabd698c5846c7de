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
  {
    file: "src/heap/free-space.ts",
    code: "if (roved) this.rover = after;",
    changes: ["roved => true"],
    because: "Without the rover on it the next hole is not used.",
  },
  {
    file: "src/heap/free-space.ts",
    code: "if (units > this.arena.room) {",
    changes: ["units > this.arena.room => units >= this.arena.room"],
    because: "Makes room that is there already.",
  },
  {
    file: "src/heap/index/record-list.ts",
    code: "return id === NONE || this.table.size[id]! < size ? NO_HOLE : this.table.unit[id]!;",
    changes: ["id === NONE => false"],
    because: "Record 0, which is none, has 0 units.",
  },
  {
    file: "src/heap/index/record-list.ts",
    code: "return id === NONE ? 0 : this.table.size[id]!;",
    changes: ["id === NONE => false"],
    because: "Record 0, which is none, has 0 units.",
  },
  {
    file: "src/heap/index/record-list.ts",
    code: "return next < 0 ? NO_HOLE : this.hole(sizes.firstOf(next));",
    changes: ["next < 0 => false", "next < 0 => next <= 0"],
    because: "There are no holes of 0 units, nor below.",
  },
  {
    file: "src/heap/index/record-list.ts",
    code: "const before = sizes.firstOf(size) === id ? 0 : sizes.before(id);",
    changes: ["sizes.firstOf(size) === id => false"],
    because: "No hole of its size stands before the first.",
  },
  {
    file: "src/heap/index/record-list.ts",
    code: "const ids = [...this.ids()].sort((a, b) => sign * (size[a]! - size[b]!) || unit[a]! - unit[b]!);",
    changes: ["unit[a]! - unit[b]! => unit[a]! + unit[b]!"],
    because: "The records come by address, and sorting leaves equals in their order.",
  },
  {
    file: "src/heap/index/segregated-list.ts",
    code: "if (id === NONE || this.#table.size[id] !== this.arena.sizeAt(hole)) {",
    changes: ["id === NONE => false"],
    because: "Record 0, which is none, has 0 units.",
  },
  {
    file: "src/heap/index/segregated-list.ts",
    code: "const at = first > this.bounds.length ? -1 : this.#occupied.next(first);",
    changes: ["first > this.bounds.length => false"],
    because: "No class behind the last is occupied.",
  },
  {
    file: "src/heap/index/segregated-list.ts",
    code: "if (head !== NONE) previous[head] = id;",
    changes: ["head !== NONE => true"],
    because: "Record 0 is none: what is noted of its neighbours nobody reads.",
  },
  {
    file: "src/heap/index/segregated-list.ts",
    code: "if (after !== NONE) previous[after] = before;",
    changes: ["after !== NONE => true"],
    because: "Record 0 is none: what is noted of its neighbours nobody reads.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (size >= this.#tops.length && size < RARE) this.#enlarge(size);",
    changes: [
      "size >= this.#tops.length && size < RARE => true",
      "size >= this.#tops.length && size < RARE => size >= this.#tops.length || size < RARE",
      "size >= this.#tops.length => true",
      "size < RARE => true",
      "size < RARE => size <= RARE",
    ],
    because: "Makes more room than need be, or makes it later.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (top === NONE) this.#sizes.add(size);",
    changes: ["top === NONE => true"],
    because: "Adds a size that is there.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (after !== NONE) previous[after] = before;",
    changes: ["after !== NONE => true"],
    because: "Record 0 is none: what is noted of its neighbours nobody reads.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (size > this.units) return NONE;",
    changes: ["size > this.units => false"],
    because: "No size beyond the largest is there.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "return bin < 0 ? NONE : this.#top(bin);",
    changes: ["bin < 0 => bin <= 0"],
    because: "There are no holes of 0 units.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "return bin < 0 ? NONE : this.#top(bin);",
    changes: ["bin < 0 => bin <= 0"],
    because: "There are no holes of 0 units.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (!isBefore && other !== id && (best === NONE || key[other]! < key[best]!)) best = other;",
    changes: ["key[other]! < key[best]! => key[other]! <= key[best]!"],
    because: "The keys of two holes are never the same.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "return size >= this.units ? -1 : this.#sizes.next(size + 1);",
    changes: ["size >= this.units => false", "size >= this.units => size > this.units"],
    because: "No size beyond the largest is there.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (this.#counts) this.count(ids);",
    changes: ["this.#counts => true"],
    because: "Counts that nobody asks for.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "for (let size = this.#sizes.next(0); size >= 0; size = this.nextSize(size)) {",
    changes: ["size >= 0 => size > 0"],
    because: "There are no holes of 0 units.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (key[other]! <= key[id]!) pending.push(child[other]!);",
    changes: ["key[other]! <= key[id]! => true"],
    because: "The keys of two holes are never the same; and what is visited besides is left out by its key.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "else if (id === NONE) this.#rareTops.delete(size);",
    changes: ["id === NONE => false"],
    because: "A size whose top is none, and one that has no top, are the same.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (id !== NONE) this.table.previous[id] = this.table.sibling[id] = NONE;",
    changes: ["id !== NONE => true", "id !== NONE => false", "id !== NONE => id === NONE"],
    because: "The top of a heap has no siblings, and none before it, when it becomes one.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "const tops = new Int32Array(Math.min(RARE, Math.max(size + 1, 2 * this.#tops.length)));",
    changes: [
      "Math.min(RARE, Math.max(size + 1, 2 * this.#tops.length)) => Math.max(RARE, Math.max(size + 1, 2 * this.#tops.length))",
      "2 * this.#tops.length => 2 / this.#tops.length",
    ],
    because: "Makes more room than need be.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (key[b]! < key[a]!) {",
    changes: ["key[b]! < key[a]! => key[b]! <= key[a]!"],
    because: "The keys of two holes are never the same.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (first !== NONE) previous[first] = b;",
    changes: ["first !== NONE => true"],
    because: "Record 0 is none: what is noted of its neighbours nobody reads.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "const rest = b === NONE ? NONE : sibling[b]!;",
    changes: ["b === NONE => false"],
    because: "Record 0 has no sibling.",
  },
  {
    file: "src/heap/index/size-index.ts",
    code: "if (pairs === NONE) return NONE;",
    changes: ["pairs === NONE => false"],
    because: "Record 0 has no sibling.",
  },
  {
    file: "src/heap/index/arrivals.ts",
    code: 'this.#start = this.#end = side === "front" ? this.#ids.length : 0;',
    changes: [
      'side === "front" => true',
      'side === "front" => false',
      'side === "front" => side !== "front"',
      '"front" => ""',
    ],
    because:
      "Numbers the holes anew more often than need be, or at the first arrival: the same order, slower.",
  },
  {
    file: "src/heap/index/arrivals.ts",
    code: 'if (this.side === "front" ? this.#start === 0 : this.#end === this.#ids.length) this.#renumber();',
    changes: [
      'this.side === "front" ? this.#start === 0 : this.#end === this.#ids.length => true',
      'this.side === "front" => true',
      'this.side === "front" => false',
      'this.side === "front" => this.side !== "front"',
      '"front" => ""',
      "this.#start === 0 => true",
      "this.#start === 0 => this.#start !== 0",
      "this.#end === this.#ids.length => true",
      "this.#end === this.#ids.length => this.#end !== this.#ids.length",
    ],
    because:
      "Numbers the holes anew more often than need be, or at the first arrival: the same order, slower.",
  },
  {
    file: "src/heap/index/arrivals.ts",
    code: "const slot = this.#sizes.first(size, from === NONE ? 0 : this.table.slot[from]);",
    changes: ["from === NONE => false"],
    because: "Record 0, which is none, has slot 0.",
  },
  {
    file: "src/heap/index/arrivals.ts",
    code: "const counted = this.#counts !== null;",
    changes: ["this.#counts !== null => true"],
    because: "Counts that nobody asks for.",
  },
  {
    file: "src/heap/index/arrivals.ts",
    code: "if (counted) this.count();",
    changes: ["counted => true"],
    because: "Counts that nobody asks for.",
  },
  {
    file: "src/heap/index/bit-set.ts",
    code: "if (word === 0) this.#fill(at);",
    changes: ["word === 0 => true"],
    because: "Marks words that are marked.",
  },
  {
    file: "src/heap/index/bit-set.ts",
    code: "if (beside !== undefined && beside !== 0) return ((at + 1) << 5) + trailingZeros(beside);",
    changes: ["beside !== undefined && beside !== 0 => false"],
    because: "The levels above find the same.",
  },
  {
    file: "src/heap/index/bit-set.ts",
    code: "if (beside !== 0) return ((at - 1) << 5) + 31 - clz32(beside);",
    changes: ["beside !== 0 => false"],
    because: "The levels above find the same.",
  },
  {
    file: "src/heap/index/bit-set.ts",
    code: "if (into) into.set(words.subarray(0, into.length));",
    changes: ["into => true"],
    because: "No set is given room for so much less.",
  },
  {
    file: "src/heap/index/bit-set.ts",
    code: "if (set.#levels[level - 1]![0] !== 0) set.#levels[level]![0] = 1;",
    changes: ["set.#levels[level - 1]![0] !== 0 => true"],
    because: "A mark above an empty word leads to −1, which is right.",
  },
  {
    file: "src/heap/index/bit-set.ts",
    code: "if (word !== 0) return;",
    changes: ["word !== 0 => false"],
    because: "Marks words that are marked.",
  },
  {
    file: "src/heap/index/bit-set.ts",
    code: "if (at >>> 5 < words.length) {",
    changes: ["at >>> 5 < words.length => true", "at >>> 5 < words.length => at >>> 5 <= words.length"],
    because: "Behind the last word there are no bits.",
  },
  {
    file: "src/heap/index/bit-set.ts",
    code: "for (let level = 1; level < this.#levels.length && at >= 0; level++) {",
    changes: [
      "level < this.#levels.length => true",
      "level < this.#levels.length => level <= this.#levels.length",
      "at >= 0 => true",
    ],
    because: "Below the first word there are no bits.",
  },
  {
    file: "src/heap/index/max-tree.ts",
    code: "for (let level = 0; level < up.length; level++) {",
    changes: ["level < up.length => level <= up.length"],
    because: "Behind the last level there is nothing to set.",
  },
  {
    file: "src/heap/index/max-tree.ts",
    code: "if (value < is) {",
    changes: ["value < is => value <= is"],
    because: "Sets what is so already.",
  },
  {
    file: "src/heap/index/max-tree.ts",
    code: "if (is !== old) return;",
    changes: ["is !== old => false"],
    because: "Looks for a maximum that is known: slower, and the same.",
  },
  {
    file: "src/heap/index/max-tree.ts",
    code: "if (value === is) return;",
    changes: ["value === is => false"],
    because: "Sets what is so already.",
  },
  {
    file: "src/heap/index/max-tree.ts",
    code: "if (from > 0) return this.#firstFrom(value, from);",
    changes: ["from > 0 => true", "from > 0 => from >= 0"],
    because: "The way for a search from a place on finds the same from the first.",
  },
  {
    file: "src/heap/index/hole-table.ts",
    code: "if (this.unit[id] === unit) return;",
    changes: ["this.unit[id] === unit => false"],
    because: "Takes the record out of its chain, and puts it back.",
  },
  {
    file: "src/heap/arena.ts",
    code: "if (size < 0) arena.putHole(unit, -size);",
    changes: ["size < 0 => size <= 0"],
    because: "Blocks of 0 units are refused above.",
  },
  {
    file: "src/heap/arena.ts",
    code: "const size = tag < 0 ? -tag : tag;",
    changes: ["tag < 0 => tag <= 0"],
    because: "The tag 0 has no sign.",
  },
  {
    file: "src/heap/arena.ts",
    code: "return unit < this.units && this.#tags[unit]! > 0;",
    changes: ["unit < this.units => true", "unit < this.units => unit <= this.units"],
    because: "Behind the last block there are no tags.",
  },
  {
    file: "src/heap/arena.ts",
    code: "return this.#tags[unit]! < 0;",
    changes: ["this.#tags[unit]! < 0 => this.#tags[unit]! <= 0"],
    because: "The loop ends at a tag that is not 0.",
  },
  {
    file: "src/heap/heap-base.ts",
    code: "if (event !== null) this.#pass(event);",
    changes: ["event !== null => true"],
    because: "Passes on to nobody.",
  },
  {
    file: "src/heap/heap-base.ts",
    code: "if (event !== null) this.#pass(event);",
    changes: ["event !== null => true"],
    because: "Passes on to nobody.",
  },
  {
    file: "src/heap/heap-base.ts",
    code: "if (event !== null) this.#pass(event);",
    changes: ["event !== null => true"],
    because: "Passes on to nobody.",
  },
  {
    file: "src/heap/heap-base.ts",
    code: "this.listening = listeners.length > 0;",
    changes: ["listeners.length > 0 => true", "listeners.length > 0 => listeners.length >= 0"],
    because: "Makes events for nobody.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "#counts = false;",
    changes: ["false => true"],
    because: "It is set again when the first state is taken.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "const old = unit === NO_HOLE ? 0 : space.arena.sizeAt(unit);",
    changes: ["unit === NO_HOLE => false"],
    because: "The block at no unit is asked for its size, which nobody is told.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "if (!this.#counts) this.#space.list.count();",
    changes: ["!this.#counts => true"],
    because: "Counts anew what is counted.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "this.#counts = true;",
    changes: ["true => false"],
    because: "Counts anew what is counted.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "if (!this.listening) this.#space.account = null;",
    changes: ["!this.listening => false"],
    because: "Keeps account for nobody.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "return unit >= 0 && this.#space.arena.isAllocated(unit) ? unit : NO_HOLE;",
    changes: ["unit >= 0 => true"],
    because: "Before the first unit there are no tags.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "if (this.#counts) list.count();",
    changes: ["this.#counts => true"],
    because: "Counts that nobody asks for.",
  },
  {
    file: "src/heap/free-list.ts",
    code: 'const named = typeof fit === "string" ? FITS[fit] : null;',
    changes: ['typeof fit === "string" => true'],
    because: "No fit in the table has a function for its name.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "const search = fit.index ?? (fit.indexBySize as IndexedSearch | undefined);",
    changes: [
      "fit.index ?? (fit.indexBySize as IndexedSearch | undefined) => fit.index && fit.indexBySize as IndexedSearch | undefined",
    ],
    because: "The walk along the list is what the index stands for: slower, and the same.",
  },
  {
    file: "src/heap/free-list.ts",
    code: "if (search) return search;",
    changes: ["search => false"],
    because: "The walk along the list is what the index stands for: slower, and the same.",
  },
];
