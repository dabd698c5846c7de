import { oneOf, ownOptions, show } from "../../base/wrong-argument";
import type { Extent } from "../../heap/block";
import type { TextbookHeap } from "../../heap/textbook-heap";
import { seededRandom } from "../../random/seeded-random";
import { blockName, type Call, Caller } from "../call";
import { chance, from, shuffled } from "../draw";
import { checkLevel, type Level } from "../question";
import { findBug } from "./find-bug";
import type { Bug } from "./finding";
import { RULES, type RuleName } from "./rules";
import { Specification } from "./specification";
import type { StudentHeap } from "./student-heap";
import { type Fault, type TestedHeap, Trial } from "./trial";
import { WRONG_HEAPS, type WrongHeap, type WrongHeapName } from "./wrong-heaps";

/** Which wrong allocator to look for the fault of. */
export interface BugHuntOptions {
  /** A key of `WRONG_HEAPS`. Default: one of the level, drawn from the seed. */
  readonly name?: WrongHeapName;
  /** 1: a call or two show the fault; 2: three; 3: four or more. Default 1. */
  readonly level?: Level;
  /** Any number or text: the same seed, the same allocator. Default 0. */
  readonly seed?: number | string;
}

/** What an allocator has at a moment. */
export interface HuntState {
  /** Its allocated blocks, as it knows them, with what the calls call them. */
  readonly blocks: readonly (Extent & { readonly name: string })[];
  /** Its free list, in its order. */
  readonly holes: readonly Extent[];
  /** One past the heap's last address. */
  readonly top: number;
}

/** A call that was made on the wrong allocator and on a right one. */
export interface HuntStep {
  readonly call: Call;
  /** What each answered, as a text. */
  readonly answers: { readonly wrong: string; readonly right: string };
  /** What each has after it. */
  readonly states: { readonly wrong: HuntState; readonly right: HuntState };
  /** What is wrong; null as long as nothing shows. */
  readonly fault: Fault | null;
}

/** Rules among which the broken one is to be found. */
const CHOICES = 5;

/** The search for the fault of a wrong allocator: calls are made on it and on a right one, until the two differ. */
export class BugHunt {
  readonly wrong: WrongHeap;
  /** Rules, among them the one that is broken. */
  readonly choices: readonly RuleName[];
  readonly heapSize: number;
  readonly pageSize: number;
  /** How many calls it has been shown with: the first ones, at which nothing goes wrong. */
  readonly shown: number;
  #steps: HuntStep[] = [];
  #pair!: Pair;

  /** @internal Use `bugHunt`. */
  constructor(
    readonly name: WrongHeapName,
    readonly level: Level,
    readonly seed: number | string,
    heap?: { readonly heapSize: number; readonly pageSize: number },
  ) {
    this.wrong = WRONG_HEAPS[name];
    const { align, header = 0, growable } = this.wrong.options;
    this.pageSize = heap?.pageSize ?? align ?? 4;
    const block = Math.ceil((header + 1) / this.pageSize) * this.pageSize;
    this.heapSize = heap?.heapSize ?? block * (growable ? 4 : 10);
    const random = seededRandom(`hunt ${name} ${seed}`);
    const others = shuffled(random, Object.keys(RULES) as RuleName[]).filter(
      (rule) => rule !== this.wrong.rule && rule !== "grown",
    );
    this.choices = shuffled(random, [this.wrong.rule, ...others.slice(0, CHOICES - 1)]);
    this.#begin();
    this.shown = heap === undefined ? this.#show(random, block) : 0;
  }

  /** The calls that were made, and what came of them. */
  get steps(): readonly HuntStep[] {
    return this.#steps;
  }

  /** What both have now. */
  get states(): HuntStep["states"] {
    return this.#steps.at(-1)?.states ?? this.#pair.states([]);
  }

  /** Whether the calls show the fault: then no more are made. */
  get found(): boolean {
    return this.#steps.at(-1)?.fault != null;
  }

  /** What a call can name: every block that there has been, an address inside of one, and null. */
  get blocks(): readonly string[] {
    const names = this.#steps.flatMap(({ call }) => (call.op === "malloc" ? [call.as!] : []));
    return names.length === 0 ? [] : [...names, `${names.at(-1)} + 1`];
  }

  /** The name of the next block. */
  get nextName(): string {
    return blockName(this.#steps.filter(({ call }) => call.op === "malloc").length);
  }

  /** Makes a call on both. @returns whether it was made: after the fault shows, none is */
  make(call: Call): boolean {
    if (this.found) return false;
    this.#steps.push(this.#pair.make(call, this.#steps));
    return true;
  }

  /** Takes the last call back, but none of those that it was shown with. @returns whether there was one */
  undo(): boolean {
    if (this.#steps.length <= this.shown) return false;
    const calls = this.#steps.slice(0, -1).map(({ call }) => call);
    this.#begin();
    for (const call of calls) this.make(call);
    return true;
  }

  /** Whether a rule is the broken one: the allocator's, or the one that the calls so far have shown to be broken. */
  isBroken(rule: RuleName): boolean {
    return rule === this.wrong.rule || rule === this.#steps.at(-1)?.fault?.rule;
  }

  /** The shortest calls that show the fault, made on both. Takes up to some seconds. */
  solution(): { readonly bug: Bug; readonly steps: readonly HuntStep[] } {
    const bug = findBug(this.wrong.Heap, this.wrong.options) as Bug;
    const hunt = new BugHunt(this.name, this.level, this.seed, bug.heap);
    for (const call of bug.calls) hunt.make(call);
    return { bug, steps: hunt.steps };
  }

  #begin(): void {
    this.#steps = [];
    this.#pair = new Pair(this.wrong, this.heapSize, this.pageSize);
  }

  /** Shows it at work: makes calls at which nothing goes wrong, as many of four as there are. */
  #show(random: ReturnType<typeof seededRandom>, block: number): number {
    let best: readonly Call[] = [];
    for (let draws = 0; draws < 60 && best.length < 4; draws++) {
      this.#begin();
      const live: string[] = [];
      while (this.#steps.length < 4) {
        const frees = live.length > 1 && chance(random, 0.4);
        const request = from(random, [1, 2]) * block - (this.wrong.options.header ?? 0);
        const call: Call = frees
          ? { op: "free", block: live.splice(random.randint(0, live.length), 1)[0]! }
          : { op: "malloc", request, as: this.nextName };
        this.make(call);
        if (this.found) break;
        if (call.op === "malloc") live.push(call.as!);
      }
      const calls = this.#steps.filter(({ fault }) => fault === null).map(({ call }) => call);
      if (calls.length > best.length) best = calls;
    }
    this.#begin();
    for (const call of best) this.make(call);
    return best.length;
  }
}

/** A wrong allocator and a right one, on which the same calls are made. */
class Pair {
  readonly #heap: StudentHeap;
  readonly #right: TextbookHeap;
  readonly #caller: Caller;
  readonly #trial: Trial;
  #answer = "";

  constructor(wrong: WrongHeap, heapSize: number, pageSize: number) {
    const specification = new Specification(heapSize, pageSize, wrong.options);
    this.#heap = new wrong.Heap(heapSize, pageSize, wrong.options);
    this.#right = specification.make();
    this.#caller = new Caller(this.#right);
    this.#trial = new Trial(this.#overheard(), specification, true);
  }

  make(call: Call, steps: readonly HuntStep[]): HuntStep {
    this.#answer = "an error";
    const fault = this.#trial.make(call, true);
    const right = show(this.#caller.make(call));
    const answers = { wrong: this.#answer, right };
    return { call, answers, fault, states: this.states([...steps.map((step) => step.call), call]) };
  }

  states(calls: readonly Call[]): HuntStep["states"] {
    const { header } = this.#right;
    const names = new Map<number | null, string>();
    for (const call of calls) if (call.op === "malloc") names.set(this.#caller.addressOf(call.as!), call.as!);
    const named = ({ address, size }: Extent) => ({ address, size, name: names.get(address + header) ?? "" });
    const allocated = [...this.#right.blocks()].filter(({ free }) => !free);
    const holes = (list: Iterable<Extent>) => Array.from(list, ({ address, size }) => ({ address, size }));
    const { top } = this.#right;
    return {
      wrong: { blocks: Array.from(this.#heap.allocated(), named), holes: holes(this.#heap.holes()), top },
      right: { blocks: allocated.map(named), holes: holes(this.#right.holes()), top },
    };
  }

  /** The heap, whose answers are kept. */
  #overheard(): TestedHeap {
    const heap = this.#heap;
    const heard = <T>(answer: T): T => {
      this.#answer = show(answer);
      return answer;
    };
    return {
      malloc: (request) => heard(heap.malloc(request)),
      free: (address) => heard(heap.free(address)),
      realloc: (address, request) => heard(heap.realloc(address, request)),
      holes: () => heap.holes(),
      memory: heap.memory,
    };
  }
}

const NAMES = Object.keys(WRONG_HEAPS) as WrongHeapName[];

/** The level of a wrong allocator: by how many calls it takes to show its fault. */
export function levelOf(name: WrongHeapName): Level {
  const { shortest } = WRONG_HEAPS[name];
  return shortest < 3 ? 1 : shortest === 3 ? 2 : 3;
}

/**
 * "Catch the bug": an allocator that is wrong in one way, to make calls on, beside a right one.
 * @throws RangeError or TypeError for a name, a level or a seed that there is not
 *
 * @example
 * const hunt = bugHunt({ level: 2, seed: "Ada" });
 * hunt.make({ op: "malloc", request: 8, as: hunt.nextName });
 * hunt.steps.at(-1) // what each answered, and whether a fault shows
 */
export function bugHunt(options: BugHuntOptions = {}): BugHunt {
  const { name, level = 1, seed = 0 } = ownOptions(options, ["name", "level", "seed"]);
  checkLevel(level);
  if (name !== undefined) oneOf("options.name", name, NAMES);
  if (typeof seed === "number") seededRandom(seed);
  const random = seededRandom(`bug ${level} ${seed}`);
  const ofLevel = NAMES.filter((each) => levelOf(each) === level);
  const chosen = name ?? random.choice(ofLevel);
  return new BugHunt(chosen, levelOf(chosen), seed);
}
