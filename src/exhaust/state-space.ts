import type { Model } from "./model";
import { NONE } from "./model";

/** Which states `reachable` keeps to. */
export interface Walk {
  /** Calls that may be made in all; where there are more, `reachable` answers null. Default: any number. */
  readonly most?: number;
  /** Told of every call that has been made; true ends the walk. */
  readonly ends?: (model: Model) => boolean;
}

/**
 * Every state that a heap can get into, breadth first: what comes from its start by any sequence of calls, each state once, with a
 * shortest way to it. States are numbered in the order in which they were found.
 */
export class StateSpace {
  /** How many states there are. */
  length = 0;
  /** How many calls can be made in them, all together. */
  transitions = 0;
  /** Where the walk was ended: the state, and the call that ended it; NONE when it was not. */
  ended = { state: NONE, call: NONE };
  readonly #words: number;
  /** The states, `#words` numbers each. */
  #states: Int32Array<ArrayBuffer>;
  /** The state that each was first found from, and the call that led to it. */
  #from = new Int32Array(1024);
  #by = new Int32Array(1024);
  /** Open addressing: the number of a state plus 1, or 0. */
  #table = new Int32Array(4096);

  private constructor(words: number) {
    this.#words = words;
    this.#states = new Int32Array(1024 * words);
  }

  /** Walks through all states of a heap; null when there are more calls than `most`. */
  static of(model: Model, { most = Number.POSITIVE_INFINITY, ends }: Walk = {}): StateSpace | null {
    const space = new StateSpace(model.words);
    model.start();
    space.#find(model, NONE, NONE);
    space.transitions = model.calls().length;
    for (let state = 0; state < space.length; state++) {
      if (space.transitions > most) return null;
      space.load(model, state);
      const calls = model.calls();
      for (let i = 0; i < calls.length; i++) {
        if (i > 0) space.load(model, state);
        model.make(calls[i]!);
        if (ends?.(model)) {
          space.ended = { state, call: calls[i]! };
          return space;
        }
        const known = space.length;
        // Counted as soon as they are known, so that a walk which would be too long ends early.
        if (space.#find(model, state, calls[i]!) === known) space.transitions += model.calls().length;
      }
    }
    return space;
  }

  /** Brings a heap into a state. */
  load(model: Model, state: number): void {
    model.load(this.#states, state * this.#words);
  }

  /** The state in which a heap is. @throws Error when it is none of these */
  at(model: Model): number {
    const known = this.length;
    const state = this.#find(model, NONE, NONE);
    if (state === known) throw new Error("The heap is in a state that the walk has not found.");
    return state;
  }

  /** A shortest sequence of calls that leads to a state. */
  pathTo(state: number): number[] {
    const path: number[] = [];
    for (let at = state; this.#from[at] !== NONE; at = this.#from[at]!) path.push(this.#by[at]!);
    return path.reverse();
  }

  /** The number of the heap's state; a new one for a state that has none. */
  #find(model: Model, from: number, by: number): number {
    if (this.length === this.#from.length) this.#enlarge();
    const words = this.#words;
    const states = this.#states;
    const last = this.length * words;
    model.save(states, last);
    const mask = this.#table.length - 1;
    let place = this.#hash(last) & mask;
    for (let other = this.#table[place]!; other !== 0; other = this.#table[place]!) {
      let same = 0;
      while (same < words && states[(other - 1) * words + same] === states[last + same]) same++;
      if (same === words) return other - 1;
      place = (place + 1) & mask;
    }
    this.#table[place] = this.length + 1;
    this.#from[this.length] = from;
    this.#by[this.length] = by;
    return this.length++;
  }

  #enlarge(): void {
    const twice = 2 * this.length;
    this.#states = enlarged(this.#states, twice * this.#words);
    this.#from = enlarged(this.#from, twice);
    this.#by = enlarged(this.#by, twice);
    this.#table = new Int32Array(4 * twice);
    const mask = this.#table.length - 1;
    for (let state = 0; state < this.length; state++) {
      let place = this.#hash(state * this.#words) & mask;
      while (this.#table[place] !== 0) place = (place + 1) & mask;
      this.#table[place] = state + 1;
    }
  }

  #hash(at: number): number {
    let hash = 0;
    for (let i = 0; i < this.#words; i++) {
      hash = Math.imul(hash ^ this.#states[at + i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    return hash;
  }
}

function enlarged(from: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(length);
  to.set(from);
  return to;
}
