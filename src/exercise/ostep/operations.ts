import { pythonRandom } from "../../random/python-random";
import type { OstepFlags } from "./flags";
import { assert, type OstepHeap } from "./ostep-heap";
import { PythonError, pythonFloat, pythonIntOrError } from "./python";

/** An operation of malloc.py, after it was done. Pointers are numbered by the allocations, failed ones included. */
export type OstepOperation =
  | {
      readonly kind: "alloc";
      readonly pointer: number;
      readonly request: bigint;
      /** The address of the block, or −1. */
      readonly address: bigint;
      readonly searched: number;
    }
  | { readonly kind: "free"; readonly pointer: number; readonly freed: boolean }
  /** A free in the list of operations that is passed over. */
  | { readonly kind: "skipped"; readonly pointer: bigint }
  /** A free of a pointer that was never set: the program ends. */
  | { readonly kind: "crash"; readonly pointer: number };

/**
 * The operations of a call, each done on the heap when it is asked for.
 * @throws PythonError where the program ends with a traceback
 */
export function operations(flags: OstepFlags, heap: OstepHeap): Generator<OstepOperation, void> {
  const random = pythonRandom(flags.seed);
  const share = pythonFloat(flags.percentAlloc) / 100;
  assert(share > 0);
  return flags.allocList === "" ? drawn(flags, heap, share, () => random.random()) : listed(flags, heap);
}

function* drawn(
  { operations: count, range }: OstepFlags,
  heap: OstepHeap,
  share: number,
  random: () => number,
): Generator<OstepOperation, void> {
  const live: { pointer: number; address: bigint }[] = [];
  let pointer = 0;
  for (let done = 0n; done < count; ) {
    if (random() < share) {
      const request = BigInt(Math.trunc(random() * pythonFloat(range))) + 1n;
      const { address, searched } = heap.malloc(request);
      if (address !== -1n) live.push({ pointer, address });
      yield { kind: "alloc", pointer, request, address, searched };
      pointer++;
    } else if (live.length > 0) {
      const [chosen] = live.splice(Math.trunc(random() * live.length), 1);
      yield { kind: "free", pointer: chosen!.pointer, freed: heap.free(chosen!.address) };
    } else continue;
    done++;
  }
}

function* listed({ allocList }: OstepFlags, heap: OstepHeap): Generator<OstepOperation, void> {
  /** The blocks that were allocated, by pointer. None is ever taken out. */
  const blocks = new Map<number, bigint>();
  let pointer = 0;
  for (const word of allocList.split(",")) {
    if (word === "") throw new PythonError("IndexError: string index out of range");
    const sign = word[0]!;
    if (sign !== "+" && sign !== "-") throw new PythonError("NameError: name 'abort' is not defined");
    const number = pythonIntOrError(word.split(sign)[1]!);
    if (sign === "+") {
      const { address, searched } = heap.malloc(number);
      if (address !== -1n) blocks.set(pointer, address);
      yield { kind: "alloc", pointer, request: number, address, searched };
      pointer++;
    } else if (number >= blocks.size) yield { kind: "skipped", pointer: number };
    else {
      const block = blocks.get(Number(number));
      if (block === undefined) {
        yield { kind: "crash", pointer: Number(number) };
        throw new PythonError(`KeyError: ${number}`);
      }
      yield { kind: "free", pointer: Number(number), freed: heap.free(block) };
    }
  }
}
