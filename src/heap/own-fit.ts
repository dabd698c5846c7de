import { show } from "../base/wrong-argument";
import type { Block } from "./block";
import type { CustomFit } from "./options";

/** A hole that notices when it is looked at. */
class WatchedHole implements Block {
  #address: number;
  #size: number;
  #look: () => void;

  constructor({ address, size }: Block, look: () => void) {
    this.#address = address;
    this.#size = size;
    this.#look = look;
    Object.freeze(this);
  }
  get address(): number {
    this.#look();
    return this.#address;
  }
  get size(): number {
    this.#look();
    return this.#size;
  }
  get free(): boolean {
    return true;
  }
  toString(): string {
    return `f${this.#size} at ${this.#address}`;
  }
  /** What a notebook prints; printing is not looking. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/**
 * Asks a fit of one's own, and keeps it honest: it sees copies of the holes that cannot be changed, and its answer must be one of
 * them and large enough. Records examined are the holes whose address or size it looked at.
 * @param list the free list now, in list order
 * @param size bytes of the block
 * @returns where in the list the chosen hole stands, −1 for none
 * @throws Error when it cheats; then nothing has changed
 */
export function askOwnFit(
  fit: CustomFit,
  list: () => Block[],
  size: number,
): { readonly at: number; readonly examined: number } {
  const before = list();
  let examined = 0;
  const holes = before.map((hole) => {
    let seen = false;
    return new WatchedHole(hole, () => {
      if (!seen) examined++;
      seen = true;
    });
  });
  const chosen = fit(Object.freeze(holes.slice()), size);
  const looked = examined;
  const after = list();
  if (
    after.length !== before.length ||
    after.some((hole, i) => hole.address !== before[i]!.address || hole.size !== before[i]!.size)
  )
    throw new Error("The fit must not change the heap; let it only choose one of the holes.");
  if (chosen === null || chosen === undefined) return { at: -1, examined: looked };
  const at = holes.indexOf(chosen as WatchedHole);
  if (at < 0)
    throw new Error(`The fit must return one of the holes it was given or null, not ${show(chosen)}.`);
  const hole = before[at]!;
  if (hole.size < size) {
    throw new Error(
      `The fit must return a hole of at least ${size} bytes; the one at ${hole.address} has ${hole.size}.`,
    );
  }
  return { at, examined: looked };
}
