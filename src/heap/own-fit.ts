import { show } from "../base/wrong-argument";
import type { Block } from "./block";
import type { CustomFit } from "./options";

/** The rules for a fit of one's own. */
export type OwnFitRule =
  /** It returns one of the holes that it was given, or null. */
  | "hole"
  /** The hole is large enough. */
  | "size"
  /** It leaves the list of holes, and the holes, as they are. */
  | "list"
  /** It leaves the heap as it is. */
  | "heap";

/** Says which rule a fit of one's own has broken. */
export class OwnFitError extends Error {
  constructor(
    readonly rule: OwnFitRule,
    message: string,
  ) {
    super(message);
  }
}

/** A hole that notices when it is looked at. */
class WatchedHole implements Block {
  #address: number;
  #size: number;
  #watch: { examined: number };
  #seen = false;

  constructor({ address, size }: Block, watch: { examined: number }) {
    this.#address = address;
    this.#size = size;
    this.#watch = watch;
    Object.freeze(this);
  }
  #look(): void {
    if (!this.#seen) this.#watch.examined++;
    this.#seen = true;
  }
  get address(): number {
    this.#look();
    return this.#address;
  }
  set address(_) {
    throw holeIsFixed("address");
  }
  get size(): number {
    this.#look();
    return this.#size;
  }
  set size(_) {
    throw holeIsFixed("size");
  }
  get free(): boolean {
    return true;
  }
  set free(_) {
    throw holeIsFixed("free");
  }
  toString(): string {
    return `f${this.#size} at ${this.#address}`;
  }
  /** What a notebook prints; printing is not looking. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

function holeIsFixed(field: string): OwnFitError {
  return new OwnFitError("list", `The fit must not change a hole, and it sets the ${field} of one.`);
}

/** The holes, in a list that says what to do instead of changing it. */
class HoleList extends Array<WatchedHole> {
  /** What is made of the list is a list like any other. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}
for (const name of ["copyWithin", "fill", "pop", "push", "reverse", "shift", "sort", "splice", "unshift"]) {
  Object.defineProperty(HoleList.prototype, name, {
    value() {
      throw new OwnFitError(
        "list",
        `The fit must not change the list of holes, as ${name} does; change a copy: [...holes].${name}(…).`,
      );
    },
  });
}
Object.freeze(WatchedHole.prototype);
Object.freeze(HoleList.prototype);

/**
 * Asks a fit of one's own, and keeps it honest: it sees copies of the holes that cannot be changed, and its answer must be one of
 * them and large enough. Records examined are the holes whose address or size it looked at.
 * @param list the free list now, in list order
 * @param size bytes of the block
 * @returns where in the list the chosen hole stands, −1 for none
 * @throws OwnFitError when it cheats; then nothing has changed
 */
export function askOwnFit(
  fit: CustomFit,
  list: () => Block[],
  size: number,
): { readonly at: number; readonly examined: number } {
  const before = list();
  const watch = { examined: 0 };
  const holes = new HoleList(before.length);
  for (let i = 0; i < before.length; i++) holes[i] = new WatchedHole(before[i]!, watch);
  const chosen = fit(Object.freeze(holes), size);
  const looked = watch.examined;
  const after = list();
  if (
    after.length !== before.length ||
    after.some((hole, i) => hole.address !== before[i]!.address || hole.size !== before[i]!.size)
  )
    throw new OwnFitError("heap", "The fit must not change the heap; let it only choose one of the holes.");
  if (chosen === null || chosen === undefined) return { at: -1, examined: looked };
  const at = holes.indexOf(chosen as WatchedHole);
  if (at < 0)
    throw new OwnFitError(
      "hole",
      `The fit must return one of the holes it was given or null, not ${show(chosen)}.`,
    );
  const hole = before[at]!;
  if (hole.size < size) {
    throw new OwnFitError(
      "size",
      `The fit must return a hole of at least ${size} bytes; the one at ${hole.address} has ${hole.size}.`,
    );
  }
  return { at, examined: looked };
}
