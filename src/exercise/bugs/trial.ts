import { show } from "../../base/wrong-argument";
import type { Extent } from "../../heap/block";
import { explain } from "../../run/explain";
import { listText } from "../answer";
import { addressIn, type BlockName, type Call } from "../call";
import type { RuleName } from "./rules";
import {
  type AddressedCall,
  makeCall,
  type RightState,
  type RightStep,
  type Specification,
} from "./specification";

/** What `findBug` needs of a heap, and what it looks at besides where it is there. */
export interface TestedHeap {
  /** Answers the payload address of a block for `request` bytes, or null. */
  malloc(request: number): number | null;
  /** Frees the block with this payload address and answers true, or answers false. */
  free(address: number | null): boolean;
  /** Gives a block another size and answers its payload address, or null. */
  realloc?(address: number | null, request: number): number | null;
  /** The free list, from its head on. */
  holes?(): Iterable<Extent>;
  /** What is in the memory: the byte at address p is `memory[p]`. It is written to. */
  readonly memory?: number[] | Uint8Array;
}

/** What went wrong at a call. */
export interface Fault {
  readonly rule: RuleName;
  /** How many of the calls were made, the wrong one included; 0 when the heap could not be made. */
  readonly at: number;
  /** The right heap's blocks before the call. */
  readonly before: string;
  readonly expected: string;
  readonly got: string;
  /** What a right heap does at the call, in a sentence or two. */
  readonly why: string;
}

/** A block that is allocated: what was asked for, and what was written into it. */
interface Live {
  readonly request: number;
  readonly pattern: number;
}

/** A run of calls on a heap under test and on a right one, side by side. */
export class Trial {
  /** The state of the right heap. */
  state: RightState;
  /** The addresses that names stand for. */
  readonly names = new Map<string, number>();
  /** The allocated blocks, by payload address. */
  readonly live = new Map<number, Live>();
  readonly #heap: TestedHeap;
  /** The heap's memory; null when it shows none that can be written to. */
  readonly #memory: NonNullable<TestedHeap["memory"]> | null;
  readonly #header: number;
  readonly #base: number;
  /** How many mallocs were made. */
  mallocs = 0;
  #made = 0;

  /** @param lookAll whether the free list and the contents are looked at after every call, and not only after the last one */
  constructor(
    heap: TestedHeap,
    specification: Specification,
    private readonly lookAll: boolean,
  ) {
    this.#heap = heap;
    this.#memory = memoryOf(heap);
    this.state = specification.start;
    const right = specification.make();
    this.#header = right.header;
    this.#base = right.base;
  }

  /** Makes the calls; what went wrong at the first that was wrong, or null. */
  run(calls: readonly Call[]): Fault | null {
    for (const [i, call] of calls.entries()) {
      const fault = this.make(call, this.lookAll || i === calls.length - 1);
      if (fault !== null) return fault;
    }
    return null;
  }

  /** Makes a call; what went wrong, or null. */
  make(call: Call, look: boolean): Fault | null {
    const addressed = this.#addressed(call);
    if (call.op === "malloc") this.mallocs++;
    const step = this.state.step(addressed);
    this.#made++;
    let got: unknown;
    try {
      got = makeCall(this.#heap, addressed);
    } catch (error) {
      return this.#fault("quiet", step, expectedText(step), `it threw ${show(error)}`);
    }
    const rule = this.#ruleOfAnswer(addressed, step, got);
    if (rule !== null) return this.#fault(rule, step, expectedText(step), textOf(got));
    const fault = look ? this.#look(addressed, step) : null;
    if (fault !== null) return fault;
    this.#note(call, addressed, step);
    this.state = step.after;
    return null;
  }

  #addressed(call: Call): AddressedCall {
    if (call.op === "malloc") return { op: "malloc", request: call.request, address: null };
    const address = addressIn(this.names, call.block);
    return { op: call.op, request: call.op === "free" ? 0 : call.request, address };
  }

  /** Which rule an answer breaks; null when it is right. */
  #ruleOfAnswer({ op, address }: AddressedCall, { answer, event }: RightStep, got: unknown): RuleName | null {
    if (got === answer) return null;
    if (op === "free") {
      if (typeof got !== "boolean") return "answer";
      return answer === true ? "freed" : "refused";
    }
    // C's habits: -1 is no address.
    if (got !== null && (!Number.isSafeInteger(got) || (got as number) < 0)) return "answer";
    if (got === null) return "granted";
    if (op === "realloc" && answer === address) return "stays";
    if (answer !== null && got === (answer as number) - this.#header) return "payload";
    if (event !== null && "grown" in event && event.grown > 0) return "grown";
    const block = {
      address: (got as number) - this.#header,
      size: event !== null && "size" in event ? event.size : 0,
    };
    if (block.address < this.#base || block.address + block.size > this.state.top) return "inside";
    if (this.state.blocks.some((other) => !other.free && overlap(other, block))) return "apart";
    return answer === null ? "denied" : "place";
  }

  /** Looks at the free list and into the memory, where the heap shows them. */
  #look(call: AddressedCall, step: RightStep): Fault | null {
    const list = holesOf(this.#heap);
    if (list !== null && !same(list, step.after.list)) {
      const rule = this.#ruleOfList(call, step, list);
      return this.#fault(rule, step, `the list ${listText(step.after.list)}`, listText(list));
    }
    const memory = this.#memory;
    if (memory === null) return null;
    for (const [payload, { request, pattern }] of this.live) {
      const moved = call.op === "realloc" && payload === call.address && typeof step.answer === "number";
      if (call.op === "free" && payload === call.address) continue;
      const to = moved ? (step.answer as number) : payload;
      const kept = moved ? Math.min(request, call.request) : request;
      const at = Array.from({ length: kept }).findIndex((_, i) => memory[to + i] !== (pattern + i) % 256);
      if (at < 0) continue;
      const block = moved ? "the block that was moved" : "another block";
      const is = `byte ${at} of ${block}, at ${to + at}, is ${show(memory[to + at])}`;
      return this.#fault("contents", step, `${(pattern + at) % 256} in it, as it was written`, is);
    }
    return null;
  }

  /** Which rule a free list breaks that is not the right one. */
  #ruleOfList(call: AddressedCall, { after, answer }: RightStep, list: readonly Extent[]): RuleName {
    const ends = new Set(after.list.map(({ address, size }) => address + size));
    const known = (hole: Extent) => after.list.some((right) => sameExtent(right, hole));
    const strange = list.filter((hole) => !known(hole));
    if (call.op === "free" && answer === false) return "refused";
    if (call.op === "realloc" && answer === null) return "kept";
    if (
      strange.length === 0 &&
      list.length === after.list.length &&
      new Set(list.map(({ address }) => address)).size === list.length
    )
      return "order";
    if (list.some(({ size }) => !(size > 0))) return "complete";
    if (strange.some(({ address, size }) => address < this.#base || address + size > after.top))
      return "inside";
    if (list.some((hole, i) => list.some((other, j) => i < j && overlap(hole, other)))) return "complete";
    if (strange.length === 1 && call.op === "malloc" && list.length === after.list.length)
      return strange.every(({ address, size }) => ends.has(address + size)) ? "size" : "apart";
    if (call.op === "malloc" && strange.length === 0 && list.length > after.list.length) return "size";
    if (strange.some((hole) => after.blocks.some((block) => !block.free && overlap(block, hole))))
      return "apart";
    const bytes = (holes: readonly Extent[]) => holes.reduce((sum, { size }) => sum + size, 0);
    if (bytes(list) === bytes(after.list)) return "merged";
    return "complete";
  }

  /** Keeps the names, the live blocks and what is written into them. */
  #note(call: Call, { op, address, request }: AddressedCall, { answer }: RightStep): void {
    if (op === "free") {
      if (answer === true) this.live.delete(address!);
      return;
    }
    if (typeof answer !== "number") return;
    if (op === "realloc") this.live.delete(address!);
    const name = call.op === "malloc" ? call.as : (call as { block: BlockName }).block;
    if (typeof name === "string") this.names.set(name, answer);
    const pattern = (37 * this.#made) % 256;
    this.live.set(answer, { request, pattern });
    const memory = this.#memory;
    if (memory !== null) for (let i = 0; i < request; i++) memory[answer + i] = (pattern + i) % 256;
  }

  #fault(rule: RuleName, { event }: RightStep, expected: string, got: string): Fault {
    const why = event === null ? "" : explain(event);
    return { rule, at: this.#made, before: this.state.text, expected, got, why };
  }
}

function expectedText({ answer }: RightStep): string {
  return `the answer ${answer}`;
}

function textOf(got: unknown): string {
  return show(got);
}

/** The memory that a heap shows; null when it shows none that can be written to. */
function memoryOf(heap: TestedHeap): NonNullable<TestedHeap["memory"]> | null {
  try {
    const { memory } = heap;
    const shown = (Array.isArray(memory) && !Object.isFrozen(memory)) || memory instanceof Uint8Array;
    return shown ? (memory as NonNullable<TestedHeap["memory"]>) : null;
  } catch {
    return null;
  }
}

/** The free list that a heap shows; null when it shows none. */
export function holesOf(heap: TestedHeap): readonly Extent[] | null {
  try {
    if (typeof heap.holes !== "function") return null;
    const list = Array.from(heap.holes(), ({ address, size }) => ({ address, size }));
    const extents = list.every(({ address, size }) => Number.isFinite(address) && Number.isFinite(size));
    return extents ? list : null;
  } catch {
    // A list of another kind: what it shows is not looked at.
    return null;
  }
}

function same(a: readonly Extent[], b: readonly Extent[]): boolean {
  return a.length === b.length && a.every((hole, i) => sameExtent(hole, b[i]!));
}

function sameExtent(a: Extent, b: Extent): boolean {
  return a.address === b.address && a.size === b.size;
}

function overlap(a: Extent, b: Extent): boolean {
  return a.address < b.address + b.size && b.address < a.address + a.size;
}
