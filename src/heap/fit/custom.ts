import { show } from "../../base/wrong-argument";
import type { Block } from "../block";
import type { CustomFit } from "../options";
import { type HoleList, NO_HOLE } from "../order/hole-list";
import type { Fit } from "./fit";

/** A hole that notices when it is looked at. */
class WatchedHole implements Block {
  #address: number;
  #size: number;
  #look: () => void;

  constructor(address: number, size: number, look: () => void) {
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
 * A policy of one's own, kept honest: it sees copies that cannot be changed, and its answer must be one of them and large
 * enough. Records examined are the holes whose address or size it looked at.
 */
export function customFit(fit: CustomFit, blockOf: (hole: number) => Block, unit: number): Fit {
  let examined = 0;
  return {
    declines: true,
    choose(list: HoleList, size: number): number {
      examined = 0;
      const units = list.inOrder();
      const sizes: number[] = [];
      const holes = units.map((hole) => {
        const { address, size: bytes } = blockOf(hole);
        sizes.push(bytes);
        let seen = false;
        return new WatchedHole(address, bytes, () => {
          if (!seen) examined++;
          seen = true;
        });
      });
      const chosen = fit(Object.freeze(holes.slice()), size * unit);
      const looked = examined;
      const now = list.inOrder();
      if (
        now.length !== units.length ||
        now.some((hole, i) => hole !== units[i] || blockOf(hole).size !== sizes[i])
      )
        throw new Error("The fit must not change the heap; let it only choose one of the holes.");
      if (chosen === null || chosen === undefined) return NO_HOLE;
      const at = holes.indexOf(chosen as WatchedHole);
      if (at < 0)
        throw new Error(`The fit must return one of the holes it was given or null, not ${show(chosen)}.`);
      const hole = units[at]!;
      const bytes = sizes[at]!;
      if (bytes < size * unit) {
        throw new Error(
          `The fit must return a hole of at least ${size * unit} bytes; the one at ${blockOf(hole).address} has ${bytes}.`,
        );
      }
      examined = looked;
      return hole;
    },
    examined: () => examined,
  };
}
