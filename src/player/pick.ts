import type { Film } from "./film";
import type { Mark } from "./marks";

/** An address that the reader picked, and what lay there. */
export interface Pick {
  readonly film: Film;
  readonly address: number;
  /** One of the block's lives; null for a hole. */
  readonly life: number | null;
}

/** Picks what lies at an address at the film's own step; null when that is outside of the heap. */
export function pickAt(film: Film, address: number, step: number): Pick | null {
  if (!(address >= film.base && address < film.topShown(step))) return null;
  return { film, address, life: film.blockAt(address, step).life };
}

/** What is marked of it at the film's own step: the block wherever a realloc has moved it, the hole; nothing while it is not there. */
export function marksOfPick({ film, address, life }: Pick, step: number): Mark[] {
  const { lives } = film;
  if (life === null) {
    if (address >= film.topShown(step)) return [];
    const there = film.blockAt(address, step);
    return there.free ? [{ kind: "picked", address: there.address, size: there.size }] : [];
  }
  for (let one = lives.bornUpTo(step) - 1; one >= 0; one--) {
    if (lives.id[one] !== lives.id[life] || !film.there(one, step)) continue;
    return [{ kind: "picked", address: lives.address[one]!, size: lives.size[one]! }];
  }
  return [];
}
