import { checkNumber, show } from "../base/wrong-argument";
import type { Operation } from "../trace/operation";
import { Trace } from "../trace/trace";

/** @see worstRun */
export interface WorstRunOptions {
  /** The fit to be driven to its worst. */
  readonly fit: "first" | "next" | "best" | "worst";
  /** The most words that are live at any time: n. From 1 to 8: states are too many beyond. */
  readonly live: number;
  /** The largest request in words: m. From 1 to `live`. */
  readonly largest: number;
}

/** The worst that can happen to a fit, and how. */
export interface WorstRun {
  /** Words of memory that the fit can be made to use. */
  readonly memory: number;
  /** A shortest run that makes it use them: from an empty heap that grows at its top, holes merging at once. */
  readonly trace: Trace;
  /** How many states of the heap there are; all were visited. */
  readonly states: number;
}

/** A heap as its blocks and holes from address 0 up, holes negative, without a hole at the top; and where next fit goes on. */
interface State {
  readonly blocks: readonly number[];
  /** An address in the hole at which next fit begins to search; −1: at the first hole. */
  readonly rover: number;
  readonly from: State | null;
  readonly move: Move | null;
}

/** A request for a size, or the free of the block at an address. */
type Move = { readonly size: number } | { readonly address: number };

interface Hole {
  readonly address: number;
  readonly size: number;
}

/**
 * The worst case of a fit, exactly: every state that a heap in address order can get into by requests of 1 to `largest` words with never
 * more than `live` words in use is visited, breadth first. It places blocks by rules of its own, a dozen lines written from the fits'
 * definitions, so that a `FreeList` that runs the trace is checked by it, and it by the `FreeList`.
 * @throws RangeError or TypeError for an option that is not allowed
 */
export function worstRun(options: WorstRunOptions): WorstRun {
  const { fit, live, largest } = options;
  if (!Object.hasOwn(CHOICES, fit)) throw new RangeError(`There is no fit ${show(fit)} here.`);
  checkNumber("options.live", live, 1, "states are too many beyond 8", 8);
  checkNumber("options.largest", largest, 1, "a request is for a word or more", live);
  const empty: State = { blocks: [], rover: -1, from: null, move: null };
  const seen = new Set([keyOf(empty)]);
  const queue = [empty];
  let worst = empty;
  for (const state of queue) {
    if (extent(state) > extent(worst)) worst = state;
    for (const next of successors(state, options)) {
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return { memory: extent(worst), trace: traceTo(worst, options), states: seen.size };
}

/** Which of the holes that are large enough each fit takes; they come in the order in which it meets them. */
const CHOICES: Readonly<Record<WorstRunOptions["fit"], (holes: readonly Hole[]) => Hole | undefined>> = {
  first: (holes) => holes[0],
  next: (holes) => holes[0],
  best: (holes) => holes.find(({ size }) => holes.every((other) => other.size >= size)),
  worst: (holes) => holes.find(({ size }) => holes.every((other) => other.size <= size)),
};

function* successors(state: State, { fit, live, largest }: WorstRunOptions): Generator<State> {
  const used = state.blocks.reduce((sum, size) => sum + Math.max(0, size), 0);
  for (let size = 1; size <= Math.min(largest, live - used); size++) yield allocate(state, size, fit);
  let address = 0;
  for (const size of state.blocks) {
    if (size > 0) yield release(state, address);
    address += Math.abs(size);
  }
}

function allocate(state: State, size: number, fit: WorstRunOptions["fit"]): State {
  const holes = holesOf(state);
  const start =
    fit === "next"
      ? Math.max(
          0,
          holes.findIndex((hole) => contains(hole, state.rover)),
        )
      : 0;
  const met = [...holes.slice(start), ...holes.slice(0, start)].filter((hole) => hole.size >= size);
  const hole = CHOICES[fit](met);
  const move = { size };
  if (hole === undefined) return { blocks: [...state.blocks, size], rover: -1, from: state, move };
  const rest = hole.size - size;
  const blocks = state.blocks.flatMap((block, at) =>
    addressOf(state, at) !== hole.address ? [block] : rest > 0 ? [size, -rest] : [size],
  );
  const behind = holes.find(({ address }) => address > hole.address)?.address ?? -1;
  const rover = fit !== "next" ? -1 : rest > 0 ? hole.address + size : behind;
  return { blocks, rover, from: state, move };
}

function release(state: State, address: number): State {
  const blocks: number[] = [];
  let at = 0;
  for (const block of state.blocks) {
    const size = at === address ? -block : block;
    if (size < 0 && (blocks.at(-1) ?? 0) < 0) blocks[blocks.length - 1]! += size;
    else blocks.push(size);
    at += Math.abs(block);
  }
  // What is free at the top is no part of the state: a request that fits nowhere else is placed there. A rover in it goes to the head.
  if (blocks.at(-1)! < 0) blocks.pop();
  const next = { blocks, rover: state.rover, from: state, move: { address } };
  return state.rover < extent(next) ? next : { ...next, rover: -1 };
}

function holesOf(state: State): Hole[] {
  return state.blocks.flatMap((size, at) =>
    size < 0 ? [{ address: addressOf(state, at), size: -size }] : [],
  );
}

function addressOf({ blocks }: State, at: number): number {
  return blocks.slice(0, at).reduce((sum, size) => sum + Math.abs(size), 0);
}

function contains({ address, size }: Hole, rover: number): boolean {
  return rover >= address && rover < address + size;
}

function extent({ blocks }: State): number {
  return blocks.reduce((sum, size) => sum + Math.abs(size), 0);
}

function keyOf({ blocks, rover }: State): string {
  return `${blocks.join(" ")}|${rover}`;
}

/** The moves that led to a state, as a trace in which every block has an id of its own. */
function traceTo(state: State, { fit, live, largest }: WorstRunOptions): Trace {
  const path: State[] = [];
  for (let at: State | null = state; at?.move; at = at.from) path.unshift(at);
  const ids = new Map<number, number>();
  const operations = path.map(({ move, from, blocks }, step): Operation => {
    if (move === null || from === null) throw new Error("A path has moves.");
    if ("address" in move) return { kind: "free", id: ids.get(move.address)! };
    ids.set(newBlock(from.blocks, blocks), step);
    return { kind: "malloc", id: step, size: move.size };
  });
  return Trace.from(operations, {
    name: `worst of ${fit} fit`,
    source: `exhaustive: ${live} words live, requests up to ${largest}`,
  });
}

/** The address of the block that `after` has and `before` has not. */
function newBlock(before: readonly number[], after: readonly number[]): number {
  const addresses = (blocks: readonly number[]) => {
    let at = 0;
    return blocks.flatMap((size) => {
      at += Math.abs(size);
      return size > 0 ? [at - size] : [];
    });
  };
  const old = new Set(addresses(before));
  return addresses(after).find((address) => !old.has(address))!;
}
