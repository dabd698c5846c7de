/** No address, no hole, no rover. */
export const NONE = -1;

/** What a heap can be asked to do. */
export type CallKind = "malloc" | "free" | "realloc" | "coalesce";

/** A call, in units: malloc(size), free(unit), realloc(unit, size), coalesce(). */
export interface Call {
  readonly kind: CallKind;
  /** The first unit of the block's payload; 0 for a call that names no block. */
  readonly unit: number;
  /** Units asked for; 0 for a call that asks for none. */
  readonly size: number;
}

/**
 * What a call did, in units. NONE (or 0, of a size or count) stands for what there was not. What a search chose and split is told of
 * `malloc` and of a `realloc` that searched; what was freed and merged, of `free` and of a `realloc` that moved.
 */
export class Did {
  /** The address of the block's payload, or NONE; of `free`, 1 when it did; of `coalesce`, how many pairs merged. */
  answer = NONE;
  /** Units of the block that was answered. */
  size = 0;
  /** How a realloc came by its answer: "kept", "shrunk", "grown", "moved" or "denied". */
  how = "";
  /** Why a request was denied, "full" or "fragmented"; why nothing was freed, "hole" or "inside" a block. */
  failure = "";
  /** Records that the searches looked at. */
  examined = 0;
  /** Pairs of holes that merged after a failed search. */
  merges = 0;
  /** The hole that was chosen, as it was. */
  hole = NONE;
  holeSize = 0;
  /** What was split off it and stays free. */
  rest = NONE;
  restSize = 0;
  /** The block that was freed. */
  freed = NONE;
  freedSize = 0;
  /** The hole before it that it merged with. */
  left = NONE;
  leftSize = 0;
  /** The hole behind it that it merged with. */
  right = NONE;
  rightSize = 0;
  /** The hole that came of it. */
  merged = NONE;
  mergedSize = 0;

  /** As when nothing has been done. */
  clear(): void {
    this.answer = NONE;
    this.size = 0;
    this.how = "";
    this.failure = "";
    this.examined = 0;
    this.merges = 0;
    this.hole = NONE;
    this.holeSize = 0;
    this.rest = NONE;
    this.restSize = 0;
    this.freed = NONE;
    this.freedSize = 0;
    this.left = NONE;
    this.leftSize = 0;
    this.right = NONE;
    this.rightSize = 0;
    this.merged = NONE;
    this.mergedSize = 0;
  }

  /** Whether both tell the same. */
  equals(other: Did): boolean {
    return (
      this.answer === other.answer &&
      this.size === other.size &&
      this.how === other.how &&
      this.failure === other.failure &&
      this.examined === other.examined &&
      this.merges === other.merges &&
      this.hole === other.hole &&
      this.holeSize === other.holeSize &&
      this.rest === other.rest &&
      this.restSize === other.restSize &&
      this.freed === other.freed &&
      this.freedSize === other.freedSize &&
      this.left === other.left &&
      this.leftSize === other.leftSize &&
      this.right === other.right &&
      this.rightSize === other.rightSize &&
      this.merged === other.merged &&
      this.mergedSize === other.mergedSize
    );
  }
}

/** A heap's state, in units. */
export interface Seen {
  /** Sizes of the blocks in address order, negative for a hole. */
  readonly blocks: readonly number[];
  /** First units of the holes, in list order. */
  readonly list: readonly number[];
  /** The hole where the next search starts; NONE for the head of the list. */
  readonly rover: number;
}

/**
 * A heap as its definition says it, in one state at a time, which is also a few whole numbers: so that all its states can be kept and
 * compared.
 */
export interface Model {
  /** Units of the heap. */
  readonly units: number;
  /** Units of a block in front of its payload, by whose first unit it is named in calls. */
  readonly header: number;
  /** How many numbers of 32 bits a state takes. */
  readonly words: number;
  /** What the last call did. */
  readonly did: Did;
  /** Goes to the state in which the heap begins. */
  start(): void;
  /** Goes to the state that `save` wrote. */
  load(states: Int32Array, at: number): void;
  /** Writes the state: two states are the same when their numbers are. */
  save(states: Int32Array, at: number): void;
  /** Every call that can be made in this state, as numbers that `callOf` reads. */
  calls(): readonly number[];
  /** Makes a call; `did` tells what it did. */
  make(call: number): void;
  /** The state in a form that can be looked at. */
  see(): Seen;
}

const KINDS: readonly CallKind[] = ["malloc", "free", "realloc", "coalesce"];

/** A call as a number. */
export function callNumber(kind: CallKind, unit: number, size: number): number {
  const at = kind === "malloc" ? 0 : kind === "free" ? 1 : kind === "realloc" ? 2 : 3;
  return (at << 16) | (unit << 8) | size;
}

/** The call that a number stands for. */
export function callOf(call: number): Call {
  return { kind: KINDS[call >> 16]!, unit: (call >> 8) & 255, size: call & 255 };
}

/**
 * Why no block can be freed by an address: it is that of no payload, but in a hole or inside a block; "" where one can.
 * @param header units of a block in front of its payload
 */
export function whyNotFreed(
  sizes: ArrayLike<number>,
  free: ArrayLike<number>,
  address: number,
  header = 0,
): string {
  let around = address;
  while (sizes[around] === 0) around--;
  return free[around] === 1 ? "hole" : around + header !== address ? "inside" : "";
}

/** Writes where blocks start, and which of them are holes, as two numbers: a bit for each at its first unit. */
export function saveBlocks(
  states: Int32Array,
  at: number,
  sizes: ArrayLike<number>,
  free: ArrayLike<number>,
  units: number,
): void {
  let [starts, holes] = [0, 0];
  for (let unit = 0; unit < units; unit++) {
    if (sizes[unit] !== 0) starts |= 1 << unit;
    if (free[unit] === 1) holes |= 1 << unit;
  }
  states[at] = starts;
  states[at + 1] = holes;
}

/** Every call on a heap of these blocks that a program makes. */
export function everyCall(
  sizes: ArrayLike<number>,
  free: ArrayLike<number>,
  units: number,
  {
    realloc = true,
    misses = false,
    coalesce = false,
    header = 0,
    largest = units,
    live = Number.POSITIVE_INFINITY,
  }: CallLimits,
): number[] {
  const calls: number[] = [];
  let used = 0;
  for (let unit = 0; unit < units; unit += sizes[unit]!) if (free[unit] === 0) used += sizes[unit]!;
  for (let size = 1; size <= Math.min(largest, live - used); size++)
    calls.push(callNumber("malloc", 0, size));
  for (let unit = 0; unit < units; unit++) {
    const size = sizes[unit - header] ?? 0;
    const isBlock = size !== 0 && free[unit - header] === 0;
    if (isBlock || misses) calls.push(callNumber("free", unit, 0));
    if (!isBlock || !realloc) continue;
    const most = Math.min(largest, live - used + size);
    for (let request = 1; request <= most; request++) calls.push(callNumber("realloc", unit, request));
  }
  if (coalesce) calls.push(callNumber("coalesce", 0, 0));
  return calls;
}

/** Which calls a program makes. */
export interface CallLimits {
  /** Units of a block in front of its payload. Default 0. */
  readonly header?: number;
  /** It calls `realloc`. Default true. */
  readonly realloc?: boolean;
  /** It frees what is no block, too: every unit at which none starts that is allocated. Default false. */
  readonly misses?: boolean;
  /** It calls `coalesce()`. Default false. */
  readonly coalesce?: boolean;
  /** Units of its largest request. Default: all that there are. */
  readonly largest?: number;
  /** Units that it has live at most; a realloc counts its block once. Default: any number; what does not fit is denied. */
  readonly live?: number;
}
