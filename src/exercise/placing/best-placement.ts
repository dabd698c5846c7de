import type { Call } from "../call";

/** What the best of all placements comes to. */
export interface BestPlacement {
  /** Requests that some placement grants: one that was found. */
  readonly granted: number;
  /** Requests that no placement can exceed. Equal to `granted` where the search was complete. */
  readonly atMost: number;
  /** Where each request goes in the placement that was found; null for one that is turned down. */
  readonly placements: readonly (number | null)[];
}

/** A request: how much, and when its block is freed. */
interface Demand {
  readonly name: string;
  readonly size: number;
}

/**
 * The most requests of a stream that can be granted in a heap by whoever knows the whole stream beforehand: each block may lie
 * anywhere in a hole, at a multiple of `unit`, and a request may be turned down though there is room. It is found by trying all, depth
 * first, with bounds: however blocks lie, those that live at one time have at most the heap's bytes together.
 *
 * The problem is NP-hard (dynamic storage allocation; Garey and Johnson 1979, SR2), so this is for small heaps and short streams.
 * @param most placements that are looked at; then what was found so far is the answer
 */
export function bestPlacement(
  heapSize: number,
  unit: number,
  calls: readonly Call[],
  most = 100_000,
): BestPlacement {
  return new Search(heapSize, unit, calls, most).run();
}

class Search {
  readonly #demands: readonly Demand[];
  readonly #volumes = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #placements: (number | null)[] = [];
  #best: BestPlacement = { granted: -1, atMost: 0, placements: [] };
  #bound = 0;
  #looks = 0;

  constructor(
    private readonly heapSize: number,
    private readonly unit: number,
    private readonly calls: readonly Call[],
    private readonly most: number,
  ) {
    this.#demands = calls.map((call) => ({
      name: call.op === "malloc" ? (call.as ?? "") : String(call.block),
      size: call.op === "malloc" ? call.request : 0,
    }));
  }

  run(): BestPlacement {
    this.#bound = this.#volume(0, new Map());
    this.#place(0, 0, new Map());
    const complete = this.#looks < this.most || this.#best.granted === this.#bound;
    return { ...this.#best, atMost: complete ? this.#best.granted : this.#bound };
  }

  /** Requests from call `at` on that can be granted as far as the sums go, with these blocks allocated: their sizes by name. */
  #volume(at: number, live: ReadonlyMap<string, number>): number {
    if (at === this.calls.length) return 0;
    const key = `${at} ${[...live.keys()].sort().join()}`;
    const known = this.#volumes.get(key);
    if (known !== undefined) return known;
    const { name, size } = this.#demands[at]!;
    const without = new Map(live);
    without.delete(name);
    let most = this.#volume(at + 1, without);
    if (this.calls[at]!.op === "malloc") {
      const used = [...live.values()].reduce((sum, bytes) => sum + bytes, 0);
      if (used + size <= this.heapSize)
        most = Math.max(most, 1 + this.#volume(at + 1, new Map(live).set(name, size)));
    }
    this.#volumes.set(key, most);
    return most;
  }

  /** Tries all placements of the calls from `at` on. */
  #place(
    at: number,
    granted: number,
    live: ReadonlyMap<string, { readonly address: number; readonly size: number }>,
  ): void {
    if (this.#best.granted === this.#bound || this.#looks >= this.most) return;
    if (at === this.calls.length) {
      if (granted > this.#best.granted)
        this.#best = { granted, atMost: this.#bound, placements: [...this.#placements] };
      return;
    }
    const sizes = new Map([...live].map(([name, { size }]) => [name, size]));
    if (granted + this.#volume(at, sizes) <= this.#best.granted) return;
    const key = `${at} ${[...live]
      .map(([name, { address }]) => `${name}${address}`)
      .sort()
      .join()}`;
    if ((this.#seen.get(key) ?? -1) >= granted) return;
    this.#seen.set(key, granted);
    this.#looks++;
    const { name, size } = this.#demands[at]!;
    if (this.calls[at]!.op === "free") {
      const left = new Map(live);
      left.delete(name);
      this.#place(at + 1, granted, left);
      return;
    }
    for (let address = 0; address + size <= this.heapSize; address += this.unit) {
      const taken = [...live.values()].some(
        (block) => block.address < address + size && address < block.address + block.size,
      );
      if (taken) continue;
      this.#placements.push(address);
      this.#place(at + 1, granted + 1, new Map(live).set(name, { address, size }));
      this.#placements.pop();
    }
    this.#placements.push(null);
    this.#place(at + 1, granted, live);
    this.#placements.pop();
  }
}
