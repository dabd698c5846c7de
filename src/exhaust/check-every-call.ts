import { type Call, callNumber, callOf, Did, type Model, type Seen } from "./model";
import type { StateSpace } from "./state-space";

/** A heap under test, in units. */
export interface TestedHeap {
  /** Makes a call, and writes into `did`, which is clear, what it did; null: nobody wants to know. */
  make(call: Call, did: Did | null): void;
  /** Its state, as far as it shows it. */
  see(): Partial<Seen>;
}

/** A kind of heap under test. */
export interface HeapUnderTest {
  /** A heap in its first state. */
  make(): TestedHeap;
  /** The fields of `Did` that it tells. Default: all. */
  readonly told?: readonly DidField[];
}

/** A heap that is not what its model is. */
export interface Difference {
  /** The calls; the last shows the difference. */
  readonly calls: readonly Call[];
  /** The model's state before the last call. */
  readonly before: Seen;
  /** What differs: a field of `Did` or of `Seen`, or "quiet" when the heap threw an error. */
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
  /**
   * Whether fewer calls show none. Not so where a heap keeps more than its state, and the very way to it matters: then it is the way
   * by which the difference was met.
   */
  readonly shortest: boolean;
}

/** What a check did. */
export interface Checked {
  /** Calls that were compared: all calls of all states, where there is no difference. */
  readonly transitions: number;
  readonly difference: Difference | null;
}

/**
 * Makes every call in every state of a space on a heap as well, and compares what it did and its state afterwards.
 *
 * The heap is not put into a state. It gets there by calls, and goes on from state to state as long as there is a call that has not been
 * made: so it is tested in long runs, with whatever it keeps from call to call. Where there is none, it frees everything and goes a
 * shortest way to a state that has one. The states farthest from the start come first: from there a run goes on longest.
 * @param progress told now and then how many calls have been compared
 */
export function checkEveryCall(
  model: Model,
  space: StateSpace,
  heaps: HeapUnderTest,
  progress: (transitions: number) => void = () => {},
): Checked {
  const next = new Uint16Array(space.length);
  const compare = comparison(heaps);
  let heap = heaps.make();
  let run: number[] = [];
  let transitions = 0;
  for (let begin = space.length - 1; begin >= 0; ) {
    space.load(model, begin);
    let calls = model.calls();
    if (next[begin] === calls.length) {
      begin--;
      continue;
    }
    makeQuietly(heap, space.pathTo(begin), run);
    for (let state = begin; next[state]! < calls.length; ) {
      const call = calls[next[state]!++]!;
      run.push(call);
      model.make(call);
      const wrong = compare(heap, call, model);
      if (wrong !== null) {
        const difference =
          shortestDifference(model, space, heaps, run.length) ?? shortened(model, heaps, run);
        return { transitions, difference: difference ?? differenceOf(model, run, wrong, false) };
      }
      if ((++transitions & 0xffff) === 0) progress(transitions);
      const to = space.at(model);
      if (to === state) continue;
      state = to;
      calls = model.calls();
    }
    const back = run.length > LONGEST_RUN ? null : wayBack(model, space);
    if (back !== null) makeQuietly(heap, back, run);
    else {
      heap = heaps.make();
      run = [];
    }
  }
  return { transitions, difference: null };
}

/** Calls after which a heap is replaced: a fault that only comes of many is to be found again by not too many. */
const LONGEST_RUN = 10_000;

function makeQuietly(heap: TestedHeap, calls: readonly number[], run: number[]): void {
  for (const call of calls) {
    heap.make(callOf(call), null);
    run.push(call);
  }
}

/** The difference that the fewest calls show, each tried on a heap of its own; null where no more than `most` show one. */
function shortestDifference(
  model: Model,
  space: StateSpace,
  heaps: HeapUnderTest,
  most: number,
): Difference | null {
  const compare = comparison(heaps);
  for (let state = 0; state < space.length; state++) {
    const path = space.pathTo(state);
    if (path.length >= most) return null;
    space.load(model, state);
    for (const call of model.calls()) {
      const heap = heaps.make();
      for (const before of path) heap.make(callOf(before), null);
      space.load(model, state);
      model.make(call);
      const wrong = compare(heap, call, model);
      if (wrong !== null) return differenceOf(model, [...path, call], wrong, true);
    }
  }
  return null;
}

/** A difference that comes of a run, by fewer of its calls: parts of it are left out as long as one comes of the rest. */
function shortened(model: Model, heaps: HeapUnderTest, run: readonly number[]): Difference | null {
  let shown = firstDifference(model, heaps, run);
  for (let part = run.length; shown !== null && part >= 1; part = Math.floor(part / 2)) {
    for (let at = 0; at < shown.run.length - 1; ) {
      const rest = shown.run.filter((_, i) => i < at || i >= at + part);
      const less = firstDifference(model, heaps, rest);
      if (less === null) at += part;
      else shown = less;
    }
  }
  return shown && differenceOf(model, shown.run, shown.wrong, false);
}

/** The first difference in a run, of which calls that cannot be made are left out; null where there is none. */
function firstDifference(
  model: Model,
  heaps: HeapUnderTest,
  calls: readonly number[],
): { readonly run: readonly number[]; readonly wrong: Wrong } | null {
  const compare = comparison(heaps);
  const heap = heaps.make();
  const run: number[] = [];
  model.start();
  for (const call of calls) {
    if (!model.calls().includes(call)) continue;
    run.push(call);
    model.make(call);
    const wrong = compare(heap, call, model);
    if (wrong !== null) return { run, wrong };
  }
  return null;
}

function differenceOf(model: Model, run: readonly number[], wrong: Wrong, shortest: boolean): Difference {
  model.start();
  for (const call of run.slice(0, -1)) model.make(call);
  return { calls: run.map(callOf), before: seen(model), ...wrong, shortest };
}

/** Calls that bring a heap from the model's state back to its start; null where freeing all blocks does not. */
function wayBack(model: Model, space: StateSpace): number[] | null {
  const way: number[] = [];
  let unit = 0;
  for (const size of model.see().blocks) {
    if (size > 0) way.push(callNumber("free", unit + model.header, 0));
    unit += Math.abs(size);
  }
  for (const call of way) model.make(call);
  // Whatever does not merge by itself; and a block of all units takes the rover to the list's head.
  const last = model.calls().at(-1)!;
  const rest = [callNumber("malloc", 0, model.units - model.header), callNumber("free", model.header, 0)];
  if (callOf(last).kind === "coalesce") rest.unshift(last);
  for (const call of rest) {
    if (space.at(model) === START) break;
    model.make(call);
    way.push(call);
  }
  return space.at(model) === START ? way : null;
}

/** The state in which a heap begins is found first. */
const START = 0;

function seen(model: Model): Seen {
  const { blocks, list, rover } = model.see();
  return { blocks, list: [...list], rover };
}

type Wrong = Pick<Difference, "field" | "expected" | "got">;

/** What a heap may tell of a call. */
export type DidField = Exclude<keyof Did, "clear" | "equals">;

const DID = Object.keys(new Did()) as DidField[];

/** Makes a call that a model has made on a heap, too: what is wrong, or null. */
function comparison({ told = DID }: HeapUnderTest) {
  const did = new Did();
  return (heap: TestedHeap, call: number, model: Model): Wrong | null => {
    did.clear();
    try {
      heap.make(callOf(call), did);
    } catch (error) {
      return { field: "quiet", expected: "an answer", got: `it threw ${error}` };
    }
    for (const field of did.equals(model.did) ? [] : told)
      if (did[field] !== model.did[field]) return { field, expected: model.did[field], got: did[field] };
    return differs(heap.see(), model.see());
  };
}

function differs(got: Partial<Seen>, expected: Seen): Wrong | null {
  for (const field of ["blocks", "list"] as const) {
    const shown = got[field];
    if (shown !== undefined && !same(shown, expected[field]))
      return { field, expected: [...expected[field]], got: [...shown] };
  }
  if (got.rover === undefined || got.rover === expected.rover) return null;
  return { field: "rover", expected: expected.rover, got: got.rover };
}

function same(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
