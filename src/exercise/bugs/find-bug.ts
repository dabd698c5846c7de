import { checkNumber, ownOptions, show } from "../../base/wrong-argument";
import type { HeapDescription } from "../../heap/heap";
import type { FreeListOptions } from "../../heap/options";
import type { Random } from "../../random/random";
import { seededRandom } from "../../random/seeded-random";
import { type BlockName, blockName, type Call } from "../call";
import { runOf } from "../question-heap";
import { Bug, NoBug, type Tried } from "./finding";
import { Specification } from "./specification";
import { type Fault, type TestedHeap, Trial } from "./trial";

/** Makes a heap to test: a class, or a function that makes a fresh heap at every call. */
export type MakeHeap =
  | (new (
      heapSize: number,
      pageSize: number,
      options: FreeListOptions,
    ) => TestedHeap)
  | ((heapSize: number, pageSize: number, options: FreeListOptions) => TestedHeap);

/** What a heap is tested against: the policy that it claims to have, as the options of a `FreeList`; and how much is tried. */
export interface FindBugOptions extends FreeListOptions {
  /** Bytes of the heaps that are made. Default: four of the smallest blocks, and sixteen for the longer sequences. */
  readonly heapSize?: number;
  /** Bytes of a page. Default: the alignment, or 4. */
  readonly pageSize?: number;
  /** Sequences of calls that are tried at most. Default 20,000, a few seconds. */
  readonly most?: number;
  /** Called with the calls before they are made: who watches from outside knows in which a heap hangs. */
  readonly onTry?: (calls: readonly Call[]) => void;
}

const NAMES = ["fit", "order", "coalesce", "align", "header", "base", "growable", "place", "leastRemainder"];
const OWN_NAMES = [...NAMES, "heapSize", "pageSize", "most", "onTry"];

/** Calls of a longer sequence. */
const LONG = 40;

/**
 * Looks for a fault in an allocator: makes it afresh again and again, and compares what it answers to calls with what `TextbookHeap`
 * answers. First it makes all sequences of one call on a small heap, then all of two, and so on: a fault that is found there is shown
 * by as few calls as possible. Then it makes longer sequences, drawn at random but always the same, on a larger heap, and cuts down
 * one that shows a fault.
 *
 * The heap needs `malloc` and `free`; `realloc`, `holes()` and `memory` are tested where they are there (see `TestedHeap`). Requests
 * are at least 1. A call that throws, or answers undefined, is a fault. A call that never returns cannot be interrupted from here: run
 * `findBug` in a worker then, and have `onTry` say which calls it was.
 * @param make the class, or a function that makes a heap: both get a size in bytes, a page size and the options
 * @param options the policy that the heap is to have; default: first fit, by address, merging at once, as `FreeList`
 * @throws TypeError for what makes no heap with `malloc` and `free`; as `FreeList` for options that are not allowed
 *
 * @example
 * findBug(MyHeap) // "No fault found in 20,100 sequences ...", or the calls that show one
 * findBug(MyHeap, { fit: "best", header: 8 })
 */
export function findBug(make: MakeHeap, options: FindBugOptions = {}): Bug | NoBug {
  const { heapSize, pageSize, most = 20_000, onTry, ...policy } = ownOptions(options, OWN_NAMES);
  checkNumber("options.most", most, 1, "give the number of sequences to try");
  const search = new Search(asFunction(make), policy, { heapSize, pageSize, most, onTry });
  return search.all() ?? search.long() ?? new NoBug(search.tried);
}

type Making = (heapSize: number, pageSize: number, options: FreeListOptions) => TestedHeap;

function asFunction(make: MakeHeap): Making {
  if (typeof make !== "function")
    throw new TypeError(
      `findBug takes a class, or a function that makes a fresh heap, not ${show(make)}; give the class itself.`,
    );
  const isClass =
    /^class\b/.test(Function.prototype.toString.call(make)) || typeof make.prototype?.malloc === "function";
  return isClass
    ? (...parameters) => new (make as new (...parameters: unknown[]) => TestedHeap)(...parameters)
    : (make as Making);
}

interface Bounds {
  readonly heapSize: number | undefined;
  readonly pageSize: number | undefined;
  readonly most: number;
  readonly onTry: ((calls: readonly Call[]) => void) | undefined;
}

/** A small world to search in: a heap, and the requests that are made on it. */
interface World {
  readonly heapSize: number;
  readonly pageSize: number;
  readonly requests: readonly number[];
  readonly specification: Specification;
}

class Search {
  #sequences = 0;
  #complete = 0;
  /** Whether the heap that was made last has a realloc. */
  #reallocs = false;
  readonly #pageSize: number;
  /** Bytes of the smallest block with a payload. */
  readonly #block: number;

  constructor(
    private readonly make: Making,
    private readonly policy: FreeListOptions,
    private readonly bounds: Bounds,
  ) {
    this.#pageSize = bounds.pageSize ?? policy.align ?? 4;
    const { align = this.#pageSize, header = 0 } = policy;
    this.#block = Math.ceil((header + 1) / align) * align;
  }

  get tried(): Tried {
    return { sequences: this.#sequences, complete: this.#complete };
  }

  /** All sequences on a small heap, the shorter ones first. */
  all(): Bug | null {
    const world = this.#world(4);
    let level: (readonly Call[])[] = [[]];
    while (level.length > 0) {
      const next: (readonly Call[])[] = [];
      for (const before of level) {
        const trial = this.#trial(world, false);
        if (trial instanceof Bug) return trial;
        trial.run(before);
        for (const call of callsIn(trial, world, this.#reallocs)) {
          if (this.#sequences >= this.bounds.most) return null;
          const calls = [...before, call];
          const fault = this.#try(world, calls, false);
          if (fault !== null) return this.#bug(world, calls, fault, true);
          next.push(calls);
        }
      }
      this.#complete++;
      level = next;
    }
    return null;
  }

  /** Longer sequences on a larger heap, drawn at random. */
  long(): Bug | null {
    const world = this.#world(16);
    const random = seededRandom("findBug");
    const runs = Math.max(20, Math.ceil(this.bounds.most / 200));
    for (let i = 0; i < runs; i++) {
      const calls = this.#draw(world, random);
      const fault = this.#try(world, calls, true);
      if (fault !== null) return this.#shrink(world, calls.slice(0, fault.at));
    }
    return null;
  }

  #world(blocks: number): World {
    const { align = this.#pageSize, header = 0, growable = false } = this.policy;
    const block = this.#block;
    const wanted = growable ? block * Math.ceil(blocks / 2) : block * blocks;
    const heapSize = this.bounds.heapSize ?? Math.ceil(wanted / this.#pageSize) * this.#pageSize;
    const sizes = [block, 2 * block, blocks > 4 ? 5 * block : heapSize];
    const exact = sizes.map((size) => size - header);
    // One byte more than fits into the smallest block, where that makes another size.
    const requests = align > 1 ? [exact[0]!, exact[0]! + 1, ...exact.slice(1)] : exact;
    const specification = new Specification(heapSize, this.#pageSize, this.policy);
    return {
      heapSize,
      pageSize: this.#pageSize,
      requests: [...new Set(requests)].filter((request) => request > 0),
      specification,
    };
  }

  /** A fresh heap to make calls on, or the fault that none can be made. */
  #trial(world: World, lookAll: boolean): Trial | Bug {
    try {
      const heap = this.make(world.heapSize, world.pageSize, this.policy);
      for (const name of ["malloc", "free"] as const) {
        if (typeof heap?.[name] !== "function")
          throw new TypeError(
            `A heap has the methods malloc and free, and this one has no ${name}; give a class that has both.`,
          );
      }
      this.#reallocs = typeof heap.realloc === "function";
      return new Trial(heap, world.specification, lookAll);
    } catch (error) {
      if (error instanceof TypeError && error.message.startsWith("A heap has the methods")) throw error;
      const fault = {
        at: 0,
        before: "",
        expected: "a heap",
        got: `making it threw ${show(error)}`,
        why: "",
        rule: "quiet",
      } as const;
      return this.#bug(world, [], fault, true);
    }
  }
  #try(world: World, calls: readonly Call[], lookAll: boolean): Fault | null {
    this.#sequences++;
    this.bounds.onTry?.(calls);
    const trial = this.#trial(world, lookAll);
    return trial instanceof Bug ? null : trial.run(calls);
  }

  /** A long sequence of calls: those that a right heap makes possible. */
  #draw(world: World, random: Random): readonly Call[] {
    const calls: Call[] = [];
    // A right heap beside itself says which calls there are.
    const trial = new Trial(world.specification.make(), world.specification, false);
    while (calls.length < LONG) {
      const possible = callsIn(trial, world, this.#reallocs);
      const ofKind = random.random() < 0.55 ? possible.filter(({ op }) => op === "malloc") : possible;
      const call = random.choice(ofKind);
      calls.push(call);
      trial.make(call, false);
    }
    return calls;
  }

  /** The sequence without the calls that the fault can do without. */
  #shrink(world: World, calls: readonly Call[]): Bug {
    let kept = calls;
    let fault = this.#try(world, kept, true)!;
    for (let size = kept.length - 1; size > 0; size = size > 1 ? size >> 1 : 0) {
      for (let at = 0; at + size <= kept.length; ) {
        const fewer = [...kept.slice(0, at), ...kept.slice(at + size)];
        const its = fewer.length > 0 ? this.#try(world, fewer, true) : null;
        if (its === null) at++;
        else [kept, fault] = [fewer.slice(0, its.at), its];
      }
    }
    return this.#bug(world, kept, fault, false);
  }

  #bug({ heapSize, pageSize }: World, calls: readonly Call[], fault: Fault, shortest: boolean): Bug {
    const { rule, before, expected, got, why } = fault;
    const { fit } = this.policy;
    const options = { ...this.policy, ...(typeof fit === "function" ? { fit: "custom" } : {}) };
    const description: HeapDescription = { kind: "free-list", heapSize, pageSize, options };
    const run = typeof fit === "function" ? null : runOf({ description, start: null, setup: [] }, calls);
    const heap = { heapSize, pageSize, options };
    return new Bug({
      calls,
      heap,
      rule,
      before,
      expected,
      got,
      why,
      shortest,
      run: run?.length ? run.toJSON() : null,
      tried: this.tried,
    });
  }
}

/** The calls that are tried in a state: mallocs, frees and reallocs of every block, and frees of what is no block's address. */
function callsIn(trial: Trial, { requests }: World, reallocs: boolean): Call[] {
  const as = blockName(trial.mallocs);
  const live = [...trial.names].filter(([, address]) => trial.live.has(address));
  const named = new Map(live.map(([name, address]) => [address, name]));
  const blocks = [...named.values()];
  const freed = [...trial.names].filter(([, address]) => !trial.live.has(address)).map(([name]) => name);
  const strange: BlockName[] = [
    ...freed.slice(-1),
    ...(blocks[0] === undefined ? [null] : [`${blocks[0]} + 1`]),
  ];
  return [
    ...requests.map((request): Call => ({ op: "malloc", request, as })),
    ...[...blocks, ...strange].map((block): Call => ({ op: "free", block })),
    ...(reallocs
      ? blocks.flatMap((block) => requests.map((request): Call => ({ op: "realloc", block, request })))
      : []),
  ];
}
