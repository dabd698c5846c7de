import { checkNumber } from "../base/wrong-argument";

/** @see leastMemory */
export interface PlacementGame {
  /** The most words that are live at any time: n. From 1 to 10. */
  readonly live: number;
  /** The sizes that may be asked for, in words, each from 1 to `live`. */
  readonly sizes: readonly number[];
}

/**
 * The least memory in which every series of requests can be served that never has more than `live` words in use, by whoever places
 * blocks best: Robson's N(n, m) for `sizes` 1 to m (JACM 21, 1974; Knuth, TAOCP 1, 2.5, exercise 38). Exact, by playing the game to its
 * end: one side asks and frees, the other places. States grow by some 2.5 times with each word of memory.
 * @throws RangeError or TypeError for a number that is not allowed
 */
export function leastMemory({ live, sizes }: PlacementGame): number {
  checkNumber("options.live", live, 1, "states are too many beyond 10", 10);
  for (const size of sizes) checkNumber("a size", size, 1, "ask for a word or more", live);
  let memory = live;
  while (!placerHolds(memory, live, sizes)) memory++;
  return memory;
}

/**
 * Whether whoever places can go on for ever in `memory` words. A layout is a text with a letter for each free word, `f`, and a digit for
 * each block, its size. One is lost when some request can only be placed, if at all, so that a lost one comes of it; or when freeing a
 * block makes it one. What is lost is found backwards, from the layouts in which a request has no place.
 */
export function placerHolds(memory: number, live: number, sizes: readonly number[]): boolean {
  const lost = new Set<string>();
  /** For a layout and a request: how many of its placements are not known to be lost. */
  const open = new Map<string, number>();
  const queue: string[] = [];
  const lose = (layout: string) => {
    if (lost.has(layout)) return;
    lost.add(layout);
    queue.push(layout);
  };
  for (const layout of layoutsOf(memory, live, sizes)) {
    for (const size of sizes) {
      if (liveIn(layout) + size > live) continue;
      const places = placements(layout, size).length;
      open.set(`${layout} ${size}`, places);
      if (places === 0) lose(layout);
    }
  }
  for (let layout = queue.pop(); layout !== undefined; layout = queue.pop()) {
    for (const [before, size] of withoutOne(layout)) {
      const key = `${before} ${size}`;
      const left = open.get(key)! - 1;
      open.set(key, left);
      if (left === 0) lose(before);
    }
    for (const size of sizes) {
      if (liveIn(layout) + size <= live) placements(layout, size).forEach(lose);
    }
  }
  return !lost.has("f".repeat(memory));
}

/** Every layout of `memory` words with at most `live` in blocks. */
function* layoutsOf(memory: number, live: number, sizes: readonly number[]): Generator<string> {
  if (memory === 0) yield "";
  else {
    for (const rest of layoutsOf(memory - 1, live, sizes)) yield `f${rest}`;
    for (const size of sizes) {
      if (size > memory || size > live) continue;
      for (const rest of layoutsOf(memory - size, live - size, sizes)) yield `${sizeDigit(size)}${rest}`;
    }
  }
}

/** The layouts in which a block of `size` lies in free words of `layout`. */
function placements(layout: string, size: number): string[] {
  const free = "f".repeat(size);
  const found: string[] = [];
  for (let at = layout.indexOf(free); at >= 0; at = layout.indexOf(free, at + 1)) {
    found.push(layout.slice(0, at) + sizeDigit(size) + layout.slice(at + size));
  }
  return found;
}

/** Each layout that has one block less, with that block's size. */
function withoutOne(layout: string): [before: string, size: number][] {
  return [...layout].flatMap((letter, at): [string, number][] => {
    if (letter === "f") return [];
    const size = Number.parseInt(letter, 36);
    return [[layout.slice(0, at) + "f".repeat(size) + layout.slice(at + 1), size]];
  });
}

function liveIn(layout: string): number {
  let sum = 0;
  for (const letter of layout) if (letter !== "f") sum += Number.parseInt(letter, 36);
  return sum;
}

/** A size as one letter that is none of a free word: digits up to 9, then `a`, which is 10. */
function sizeDigit(size: number): string {
  return size.toString(36);
}
