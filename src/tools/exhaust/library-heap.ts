import type { HeapUnderTest } from "../../exhaust/check-every-call";
import { type Call, type Did, NONE } from "../../exhaust/model";
import type { Extent } from "../../heap/block";
import type { FreeEvent, HeapEvent, MallocEvent } from "../../heap/event";
import type { Heap } from "../../heap/heap";
import type { ListState } from "../../heap/list-state";

/**
 * A heap of the library, of pages of one byte from address 0, under test: its events and its snapshot tell all that it does. A byte is a
 * unit here; where sizes are rounded, the heap's own units are longer.
 */
export function libraryHeap(makeHeap: () => CoalescingHeap): HeapUnderTest {
  return {
    make() {
      const heap = makeHeap();
      const unit = heap.capacity / unitsIn(heap.snapshot().state);
      let event: HeapEvent | null = null;
      const listener = (its: HeapEvent) => {
        event = its;
      };
      let end: (() => void) | null = null;
      return {
        make(call, did) {
          if (did === null) {
            end?.();
            end = null;
            answerOf(heap, call);
            return;
          }
          end ??= heap.listen(listener);
          event = null;
          did.answer = answerOf(heap, call);
          if (event !== null) tell(event, did);
          else if (call.kind !== "coalesce") throw new Error("No event was told.");
        },
        see() {
          const state = heap.snapshot().state as ListState | number[];
          if (!Array.isArray(state)) return unit === 1 ? state : inBytes(state, unit);
          return { blocks: state, list: Array.from(heap.holes(), ({ address }) => address), rover: NONE };
        },
      };
    },
  };
}

/** Units of a heap by its state. */
function unitsIn(state: unknown): number {
  const { blocks } = Array.isArray(state) ? { blocks: state } : (state as ListState);
  return blocks.reduce((sum, size) => sum + Math.abs(size), 0);
}

function inBytes({ blocks, list, rover }: ListState, unit: number): ListState {
  const bytes = (units: number) => units * unit;
  return { blocks: blocks.map(bytes), list: list.map(bytes), rover: rover === NONE ? NONE : bytes(rover) };
}

type CoalescingHeap = Heap & { coalesce?(): number };

function answerOf(heap: CoalescingHeap, { kind, unit, size }: Call): number {
  if (kind === "coalesce") return heap.coalesce!();
  if (kind === "free") return heap.free(unit) ? 1 : NONE;
  return (kind === "malloc" ? heap.malloc(size) : heap.realloc(unit, size)) ?? NONE;
}

function tell(event: HeapEvent, did: Did): void {
  if (event.kind === "malloc") tellMalloc(event, did);
  else if (event.kind === "free") tellFree(event, did);
  else {
    did.how = event.how;
    if (event.malloc !== null) tellMalloc(event.malloc, did);
    if (event.free !== null) tellFree(event.free, did);
  }
  if (event.kind !== "free") {
    // An event also tells the size that was wanted.
    did.size = event.address === null ? 0 : event.size;
    if (event.address !== null && event.address !== did.answer)
      throw new Error("The event tells another answer.");
  }
}

function tellMalloc({ examined, merges, failure, hole, remainder }: MallocEvent, did: Did): void {
  did.examined = examined;
  did.merges = merges;
  did.failure = failure ?? "";
  [did.hole, did.holeSize] = extent(hole);
  [did.rest, did.restSize] = extent(remainder);
}

function tellFree({ failure, block, left, right, hole }: FreeEvent, did: Did): void {
  did.failure = failure ?? "";
  [did.freed, did.freedSize] = extent(block);
  [did.left, did.leftSize] = extent(left);
  [did.right, did.rightSize] = extent(right);
  [did.merged, did.mergedSize] = extent(hole);
}

function extent(of: Extent | null): [unit: number, size: number] {
  return of === null ? [NONE, 0] : [of.address, of.size];
}
