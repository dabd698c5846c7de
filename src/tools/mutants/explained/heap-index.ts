import type { Explanations } from "./explanation";

/** In src/heap/index. */
export const HEAP_INDEX: Explanations = {
  "src/heap/index/address-list.ts": [
    {
      code: "if (size > this.#largest.at(group)) this.#largest.set(group, size);",
      changes: ["size > this.#largest.at(group) => size >= this.#largest.at(group)"],
      because: "Sets what is so already.",
    },
    {
      code: "if (right !== NO_HOLE) this.take(right);",
      changes: ["right !== NO_HOLE => true"],
      because: "What is written before the start of a typed array is lost.",
    },
    {
      code: "return group < 0 ? NO_HOLE : this.#firstIn(group, size, -1);",
      changes: ["group < 0 => false"],
      because: "There is no word before the first, and so no hole is found in it.",
    },
    {
      code: "if (this.#counts !== null) this.count();",
      changes: ["this.#counts !== null => true"],
      because: "Counts that nobody asks for.",
    },
    {
      code: "if (size > largest) largest = size;",
      changes: ["size > largest => size >= largest"],
      because: "Sets what is so already.",
    },
  ],
  "src/heap/index/arrivals.ts": [
    {
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
      code: "const slot = this.#sizes.first(size, from === NONE ? 0 : this.table.slot[from]);",
      changes: ["from === NONE => false"],
      because: "Record 0, which is none, has slot 0.",
    },
    {
      code: "const counted = this.#counts !== null;",
      changes: ["this.#counts !== null => true"],
      because: "Counts that nobody asks for.",
    },
    {
      code: "if (counted) this.count();",
      changes: ["counted => true"],
      because: "Counts that nobody asks for.",
    },
  ],
  "src/heap/index/bit-set.ts": [
    {
      code: "if (word === 0) this.#fill(at);",
      changes: ["word === 0 => true"],
      because: "Marks words that are marked.",
    },
    {
      code: "if (beside !== undefined && beside !== 0) return ((at + 1) << 5) + trailingZeros(beside);",
      changes: ["beside !== undefined && beside !== 0 => false"],
      because: "The levels above find the same.",
    },
    {
      code: "if (beside !== 0) return ((at - 1) << 5) + 31 - clz32(beside);",
      changes: ["beside !== 0 => false"],
      because: "The levels above find the same.",
    },
    {
      code: "if (into) into.set(words.subarray(0, into.length));",
      changes: ["into => true"],
      because: "No set is given room for so much less.",
    },
    {
      code: "if (set.#levels[level - 1]![0] !== 0) set.#levels[level]![0] = 1;",
      changes: ["set.#levels[level - 1]![0] !== 0 => true"],
      because: "A mark above an empty word leads to −1, which is right.",
    },
    {
      code: "if (word !== 0) return;",
      changes: ["word !== 0 => false"],
      because: "Marks words that are marked.",
    },
    {
      code: "if (at >>> 5 < words.length) {",
      changes: ["at >>> 5 < words.length => true", "at >>> 5 < words.length => at >>> 5 <= words.length"],
      because: "Behind the last word there are no bits.",
    },
    {
      code: "for (let level = 1; level < this.#levels.length && at >= 0; level++) {",
      changes: [
        "level < this.#levels.length => true",
        "level < this.#levels.length => level <= this.#levels.length",
        "at >= 0 => true",
      ],
      because: "Below the first word there are no bits.",
    },
  ],
  "src/heap/index/hole-table.ts": [
    {
      code: "if (this.unit[id] === unit) return;",
      changes: ["this.unit[id] === unit => false"],
      because: "Takes the record out of its chain, and puts it back.",
    },
  ],
  "src/heap/index/max-tree.ts": [
    {
      code: "for (let level = 0; level < up.length; level++) {",
      changes: ["level < up.length => level <= up.length"],
      because: "Behind the last level there is nothing to set.",
    },
    {
      code: "if (value < is) {",
      changes: ["value < is => value <= is"],
      because: "Sets what is so already.",
    },
    {
      code: "if (is !== old) return;",
      changes: ["is !== old => false"],
      because: "Looks for a maximum that is known: slower, and the same.",
    },
    {
      code: "if (value === is) return;",
      changes: ["value === is => false"],
      because: "Sets what is so already.",
    },
    {
      code: "if (from > 0) return this.#firstFrom(value, from);",
      changes: ["from > 0 => true", "from > 0 => from >= 0"],
      because: "The way for a search from a place on finds the same from the first.",
    },
  ],
  "src/heap/index/record-list.ts": [
    {
      code: "return id === NONE || this.table.size[id]! < size ? NO_HOLE : this.table.unit[id]!;",
      changes: ["id === NONE => false"],
      because: "Record 0, which is none, has 0 units.",
    },
    {
      code: "return id === NONE ? 0 : this.table.size[id]!;",
      changes: ["id === NONE => false"],
      because: "Record 0, which is none, has 0 units.",
    },
    {
      code: "return next < 0 ? NO_HOLE : this.hole(sizes.firstOf(next));",
      changes: ["next < 0 => false", "next < 0 => next <= 0"],
      because: "There are no holes of 0 units, nor below.",
    },
    {
      code: "const before = sizes.firstOf(size) === id ? 0 : sizes.before(id);",
      changes: ["sizes.firstOf(size) === id => false"],
      because: "No hole of its size stands before the first.",
    },
    {
      code: "const ids = [...this.ids()].sort((a, b) => sign * (size[a]! - size[b]!) || unit[a]! - unit[b]!);",
      changes: ["unit[a]! - unit[b]! => unit[a]! + unit[b]!"],
      because: "The records come by address, and sorting leaves equals in their order.",
    },
  ],
  "src/heap/index/segregated-list.ts": [
    {
      code: "if (id === NONE || this.#table.size[id] !== this.arena.sizeAt(hole)) {",
      changes: ["id === NONE => false"],
      because: "Record 0, which is none, has 0 units.",
    },
    {
      code: "const at = first > this.bounds.length ? -1 : this.#occupied.next(first);",
      changes: ["first > this.bounds.length => false"],
      because: "No class behind the last is occupied.",
    },
    {
      code: "if (head !== NONE) previous[head] = id;",
      changes: ["head !== NONE => true"],
      because: "Record 0 is none: what is noted of its neighbours nobody reads.",
    },
    {
      code: "if (after !== NONE) previous[after] = before;",
      changes: ["after !== NONE => true"],
      because: "Record 0 is none: what is noted of its neighbours nobody reads.",
    },
  ],
  "src/heap/index/size-index.ts": [
    {
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
      code: "if (top === NONE) this.#sizes.add(size);",
      changes: ["top === NONE => true"],
      because: "Adds a size that is there.",
    },
    {
      code: "if (after !== NONE) previous[after] = before;",
      changes: ["after !== NONE => true"],
      because: "Record 0 is none: what is noted of its neighbours nobody reads.",
    },
    {
      code: "if (size > this.units) return NONE;",
      changes: ["size > this.units => false"],
      because: "No size beyond the largest is there.",
    },
    {
      code: "return bin < 0 ? NONE : this.#top(bin);",
      changes: ["bin < 0 => bin <= 0"],
      because: "There are no holes of 0 units.",
    },
    {
      code: "return bin < 0 ? NONE : this.#top(bin);",
      changes: ["bin < 0 => bin <= 0"],
      because: "There are no holes of 0 units.",
    },
    {
      code: "if (!isBefore && other !== id && (best === NONE || key[other]! < key[best]!)) best = other;",
      changes: ["key[other]! < key[best]! => key[other]! <= key[best]!"],
      because: "The keys of two holes are never the same.",
    },
    {
      code: "return size >= this.units ? -1 : this.#sizes.next(size + 1);",
      changes: ["size >= this.units => false", "size >= this.units => size > this.units"],
      because: "No size beyond the largest is there.",
    },
    {
      code: "if (this.#counts) this.count(ids);",
      changes: ["this.#counts => true"],
      because: "Counts that nobody asks for.",
    },
    {
      code: "for (let size = this.#sizes.next(0); size >= 0; size = this.nextSize(size)) {",
      changes: ["size >= 0 => size > 0"],
      because: "There are no holes of 0 units.",
    },
    {
      code: "if (key[other]! <= key[id]!) pending.push(child[other]!);",
      changes: ["key[other]! <= key[id]! => true"],
      because:
        "The keys of two holes are never the same; and what is visited besides is left out by its key.",
    },
    {
      code: "else if (id === NONE) this.#rareTops.delete(size);",
      changes: ["id === NONE => false"],
      because: "A size whose top is none, and one that has no top, are the same.",
    },
    {
      code: "if (id !== NONE) this.table.previous[id] = this.table.sibling[id] = NONE;",
      changes: ["id !== NONE => true", "id !== NONE => false", "id !== NONE => id === NONE"],
      because: "The top of a heap has no siblings, and none before it, when it becomes one.",
    },
    {
      code: "const tops = new Int32Array(Math.min(RARE, Math.max(size + 1, 2 * this.#tops.length)));",
      changes: [
        "Math.min(RARE, Math.max(size + 1, 2 * this.#tops.length)) => Math.max(RARE, Math.max(size + 1, 2 * this.#tops.length))",
        "2 * this.#tops.length => 2 / this.#tops.length",
      ],
      because: "Makes more room than need be.",
    },
    {
      code: "if (key[b]! < key[a]!) {",
      changes: ["key[b]! < key[a]! => key[b]! <= key[a]!"],
      because: "The keys of two holes are never the same.",
    },
    {
      code: "if (first !== NONE) previous[first] = b;",
      changes: ["first !== NONE => true"],
      because: "Record 0 is none: what is noted of its neighbours nobody reads.",
    },
    {
      code: "const rest = b === NONE ? NONE : sibling[b]!;",
      changes: ["b === NONE => false"],
      because: "Record 0 has no sibling.",
    },
    {
      code: "if (pairs === NONE) return NONE;",
      changes: ["pairs === NONE => false"],
      because: "Record 0 has no sibling.",
    },
  ],
};
