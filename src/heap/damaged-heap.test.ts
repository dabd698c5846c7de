import { describe, expect, it } from "vitest";
import { damaged } from "../base/testing/damage";
import { numbers } from "../base/testing/numbers";
import { createHeap } from "./create-heap";
import type { Heap, HeapDescription, HeapSnapshot } from "./heap";
import { SMALL_HEAPS } from "./testing/small-heaps";

const SEED = Number(process.env.FREELIST_SEED ?? 20261125);
/** Damaged documents over all kinds; `FREELIST_DAMAGED=1000000 npm run test:unit` tries more. */
const DAMAGED = Number(process.env.FREELIST_DAMAGED ?? 20_000);

/** What a refusal may say: a sentence of ours, and none of the engine's. */
const REFUSAL = /^[A-Za-z].*[.]$/s;
const ENGINE =
  /undefined \(|Cannot (read|destructure)|is not (a function|iterable|defined)|Invalid (array|typed)|call stack/;

/** Allocates, frees and resizes, with all checks after each. */
function use(heap: Heap, random: (below: number) => number, operations: number): void {
  heap.check();
  const live = [...heap.blocks()].filter(({ free }) => !free).map(({ address }) => address + heap.header);
  for (let i = 0; i < operations; i++) {
    const at = random(live.length || 1);
    if (random(2) === 0 || live.length === 0) {
      const address = heap.malloc(1 + random(40));
      if (address !== null) live.push(address);
    } else if (random(3) > 0) {
      if (!heap.free(live.splice(at, 1)[0]!)) throw new Error("A live block cannot be freed.");
    } else {
      live[at] = heap.realloc(live[at]!, 1 + random(60)) ?? live[at]!;
    }
    heap.check();
  }
  if (heap.capacity < 2 ** 20) heap.asMatrix();
}

/** The error that `act` throws, which must be a sentence; null when it throws none. */
function refusal(act: () => unknown): Error | null {
  try {
    act();
    return null;
  } catch (error) {
    const { message } = error as Error;
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    if (!REFUSAL.test(message) || ENGINE.test(message)) throw error;
    return error;
  }
}

describe.each(Object.entries(SMALL_HEAPS))(
  `documents of %s, damaged in one place (seed ${SEED})`,
  (_, make) => {
    const each = Math.ceil(DAMAGED / 2 / Object.keys(SMALL_HEAPS).length);

    it("snapshot: refused with the heap untouched, or taken whole", { timeout: 10 ** 7 }, () => {
      let taken = 0;
      for (let i = 0; i < each; i++) {
        const random = numbers(SEED + i);
        const [source, heap] = [make(), make()];
        use(source, random, random(30));
        use(heap, random, 6);
        const state = () => [String(heap), [...heap.holes()], heap.snapshot(), heap.usedBytes];
        const before = state();
        const document = damaged(JSON.parse(JSON.stringify(source.snapshot())), random);
        try {
          const error = refusal(() => heap.restore(document as HeapSnapshot));
          if (error !== null) expect(state()).toEqual(before);
          else {
            taken++;
            const { growable } = heap.describe().options;
            if (growable !== true) expect(heap.capacity).toBe(source.capacity);
            use(heap, random, 8);
          }
        } catch (error) {
          throw new Error(`${(error as Error).message} (seed ${SEED + i}) ${JSON.stringify(document)}`);
        }
      }
      expect(taken).toBeGreaterThan(0);
      expect(taken).toBeLessThan(each);
    });

    it("description: refused in a sentence, or a heap that works", { timeout: 10 ** 7 }, () => {
      for (let i = 0; i < each; i++) {
        const random = numbers(SEED + i);
        const document = damaged(JSON.parse(JSON.stringify(make().describe())), random);
        try {
          let heap: Heap | null = null;
          refusal(() => {
            heap = createHeap(document as HeapDescription);
          });
          if (heap === null) continue;
          const made = heap as Heap;
          expect(createHeap(made.describe()).describe()).toEqual(made.describe());
          made.check();
          if (made.capacity < 2 ** 20) use(made, random, 5);
        } catch (error) {
          throw new Error(`${(error as Error).message} (seed ${SEED + i}) ${JSON.stringify(document)}`);
        }
      }
    });
  },
);
