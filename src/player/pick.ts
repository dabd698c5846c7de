import type { Film } from "./film";
import type { Mark } from "./marks";

/** A block as it was when it was picked. */
export interface PickedBlock {
  /** See `LiveBlock.id`. */
  readonly id: number;
  readonly address: number;
  readonly size: number;
}

/** An address that the reader picked, and what lay there. */
export interface Pick {
  readonly film: Film;
  readonly address: number;
  /** Null for a hole. */
  readonly block: PickedBlock | null;
}

/** Picks what lies at an address at the film's own step; null when that is outside of the heap. */
export function pickAt(film: Film, address: number, step: number): Pick | null {
  if (!(address >= film.base && address < film.topShown(step))) return null;
  const there = film.blockAt(address, step);
  if (there.life === null) return { film, address, block: null };
  const id = film.livesAt(step).id[there.life]!;
  return { film, address, block: { id, address: there.address, size: there.size } };
}

/** What is marked of it at the film's own step: the block wherever a realloc has moved it, the hole; nothing while it is not there. */
export function marksOfPick({ film, address, block }: Pick, step: number): Mark[] {
  if (block === null) {
    if (address >= film.topShown(step)) return [];
    const there = film.blockAt(address, step);
    return there.free ? [{ kind: "picked", address: there.address, size: there.size }] : [];
  }
  const lives = film.livesAt(step);
  for (let one = lives.bornUpTo(step) - 1; one >= 0; one--) {
    if (lives.id[one] !== block.id || !film.there(one, step)) continue;
    return [{ kind: "picked", address: lives.address[one]!, size: lives.size[one]! }];
  }
  return [];
}
