import { widened } from "../base/column";
import { NO_BLOCK } from "../heap/block";
import type { Heap } from "../heap/heap";
import type { TraceSink } from "../trace/trace-reader";
import { searchOf } from "./event-summary";
import { History } from "./history";
import { CurveRecorder } from "./metric-curves";
import type { ReplayOptions, ReplayResult } from "./replay-options";
import { NOBODY, type ReplayState } from "./replay-state";

/** What of `ReplayOptions` a `ReplaySink` heeds itself. */
export type ReplaySinkOptions = Pick<
  ReplayOptions,
  "statistics" | "history" | "curves" | "curvePoints" | "stopAtFailure"
>;

/**
 * Does on a heap what a program did, an operation at a time, wherever they come from: it keeps the addresses of the live blocks, and
 * counts what becomes of the requests. Its memory depends on the largest id alone.
 */
export class ReplaySink implements TraceSink {
  readonly heap: Heap;
  readonly #stopAtFailure: boolean;
  readonly #statistics: boolean;
  readonly #history: History | null;
  readonly #curves: CurveRecorder | null;
  #unwatch: (() => void) | null = null;
  /** Payload address of each id's block; −1 when it has none. */
  #addresses = new Float64Array(64).fill(-1);
  /** Bytes that each id's live block asked for. */
  #requests = new Float64Array(64);
  /** Bytes of each id's live block, header and rounding included. */
  #sizes = new Float64Array(64);
  /** Operations so far, the denied and the skipped ones included. */
  operations = 0;
  /** Operations that will be told again, and were done before. */
  #again = 0;
  #isOverrun = false;
  #failures = 0;
  #skipped = 0;
  #firstFailure = -1;
  #live = 0;
  #peakLive = 0;
  #highWater = 0;
  #searches = 0;
  #examined = 0;
  #holeSum = 0;
  #mostHoles = 0;

  /**
   * @param heap need not be empty
   * @throws TypeError when `heap` is none
   */
  constructor(heap: Heap, options: ReplaySinkOptions = {}) {
    if (typeof heap?.malloc !== "function") {
      throw new TypeError("A replay takes a heap: make one with new FreeList(...).");
    }
    this.heap = heap;
    this.#stopAtFailure = options.stopAtFailure === true;
    this.#statistics = options.statistics === true;
    this.#history = options.history ? History.of(heap) : null;
    const { curves, curvePoints = 2_000 } = options;
    this.#curves = curves ? new CurveRecorder(heap, curves, curvePoints) : null;
  }

  /** Whether a request was denied under `stopAtFailure`: what is told from then on is not done. */
  get done(): boolean {
    return this.#stopAtFailure && this.#failures > 0;
  }

  /** Operations that were told so far: behind `operations` as long as those are told again that were done before the `ReplaySink` was. */
  get position(): number {
    return this.operations - this.#again;
  }

  /** Whether operations were told, and not done, since it was done. */
  get isOverrun(): boolean {
    return this.#isOverrun;
  }

  malloc(id: number, request: number): void {
    if (this.#refuses()) return;
    if (id >= this.#addresses.length) this.#widen(2 * id);
    const used = this.heap.usedBytes;
    const address = this.heap.malloc(request);
    const granted = address !== null && address >= 0;
    if (granted) {
      this.#requests[id] = 0;
      this.#sizes[id] = 0;
      this.#place(id, address, request, used);
    }
    this.#count(granted);
  }

  realloc(id: number, request: number): void {
    if (this.#refuses()) return;
    const from = this.#addresses[id] ?? NO_BLOCK;
    const used = this.heap.usedBytes;
    const address = this.heap.realloc(from, request);
    if (from < 0) this.#skipped++;
    else if (address !== null) this.#place(id, address, request, used);
    this.#count(from < 0 || address !== null);
  }

  free(id: number): void {
    if (this.#refuses()) return;
    const address = this.#addresses[id] ?? NO_BLOCK;
    this.heap.free(address);
    if (address < 0) this.#skipped++;
    else {
      this.#live -= this.#requests[id]!;
      this.#addresses[id] = -1;
    }
    this.#count(true);
  }

  /** Listens to the heap from now on, where statistics or curves are asked for: to be called before operations follow. */
  begin(): void {
    if (!(this.#statistics || this.#curves) || this.#unwatch) return;
    this.#unwatch = this.heap.listen((event) => {
      this.#curves?.see(event);
      const search = searchOf(event);
      if (search === null) return;
      this.#searches++;
      this.#examined += search.examined;
    });
  }

  /** Stops that until the next `begin`: others may use the heap meanwhile. */
  pause(): void {
    this.#unwatch?.();
    this.#unwatch = null;
  }

  /** No operations follow: ends the recording, too. */
  end(): void {
    this.pause();
    this.#history?.stop();
  }

  /**
   * How far it has come, for `load`; with a snapshot of the heap that is all.
   * @throws Error for a heap that others have changed; TypeError where the run is recorded
   */
  save(): ReplayState {
    if (this.#history !== null) throw new TypeError("A replay that is recorded cannot be saved.");
    const { heap } = this;
    const addresses = this.#addresses;
    const ids: number[] = [];
    for (const [id, address] of addresses.entries()) if (address >= 0) ids.push(id);
    ids.sort((a, b) => addresses[a]! - addresses[b]!);
    const owners: number[] = [];
    let next = 0;
    for (const { address, free } of heap.blocks()) {
      if (free) continue;
      const owned = addresses[ids[next]!] === address + heap.header;
      owners.push(owned ? ids[next++]! : NOBODY);
    }
    if (next < ids.length) throw new Error("The heap was changed by others, and the replay cannot be saved.");
    return {
      operations: this.operations,
      failures: this.#failures,
      skipped: this.#skipped,
      firstFailure: this.#firstFailure,
      peakLive: this.#peakLive,
      highWater: this.#highWater,
      searches: this.#searches,
      examined: this.#examined,
      holeSum: this.#holeSum,
      mostHoles: this.#mostHoles,
      owners,
      requests: ids.map((id) => this.#requests[id]!),
      curves: this.#curves?.save() ?? null,
    };
  }

  /**
   * Goes to where another has come with the same options: its heap is in the state that the other's was in. The operations that the other
   * has done are to be told again from the first on, and nothing is done for them. To be called before any is told.
   * @throws RangeError for where none can have come with such a heap, with the field and the rule: then it is of no more use
   */
  load(state: ReplayState): void {
    const { heap } = this;
    const { owners, requests } = state;
    let at = 0;
    let next = 0;
    for (const { address, size, free } of heap.blocks()) {
      if (free) continue;
      const id = owners[at++];
      if (id === undefined || id === NOBODY) continue;
      if (id >= this.#addresses.length) this.#widen(2 * id);
      const request = requests[next++];
      if (this.#addresses[id] !== -1)
        throw new RangeError(`its owners must be all different, and ${id} is not`);
      if (request === undefined || request > size - heap.header)
        throw new RangeError(`its requests[${next - 1}] must fit its block of ${size} bytes, not ${request}`);
      this.#addresses[id] = address + heap.header;
      this.#requests[id] = request;
      this.#sizes[id] = size;
      this.#live += request;
      this.#highWater = Math.max(this.#highWater, address + size - heap.base);
    }
    if (at !== owners.length)
      throw new RangeError(`its owners must be one for each of ${at} blocks, not ${owners.length}`);
    if (next !== requests.length)
      throw new RangeError(`its requests must be one for each of ${next} blocks, not ${requests.length}`);
    for (const [field, least] of [
      ["peakLive", this.#live],
      ["highWater", this.#highWater],
    ] as const) {
      if (state[field] < least)
        throw new RangeError(`its ${field} must be at least ${least}, not ${state[field]}`);
    }
    if ((state.curves === null) !== (this.#curves === null))
      throw new RangeError(`its curves must ${this.#curves === null ? "not be" : "be"} there`);
    if (state.curves !== null) this.#curves!.load(state.curves, state.operations + 1);
    this.operations = this.#again = state.operations;
    this.#failures = state.failures;
    this.#skipped = state.skipped;
    this.#firstFailure = state.firstFailure;
    this.#peakLive = state.peakLive;
    this.#highWater = state.highWater;
    this.#searches = state.searches;
    this.#examined = state.examined;
    this.#holeSum = state.holeSum;
    this.#mostHoles = state.mostHoles;
  }

  /** The result so far, of the trace of this name. */
  result(trace: string, finished: boolean): ReplayResult {
    const counted = this.#statistics;
    return {
      trace,
      operations: this.operations,
      finished,
      failures: this.#failures,
      skipped: this.#skipped,
      firstFailure: this.#firstFailure < 0 ? null : this.#firstFailure,
      peakLive: this.#peakLive,
      live: this.#live,
      highWater: this.#highWater,
      searches: counted ? this.#searches : null,
      examined: counted ? this.#examined : null,
      meanHoles: counted ? this.#holeSum / Math.max(1, this.operations) : null,
      mostHoles: counted ? this.#mostHoles : null,
      curves: this.#curves?.curves ?? null,
      history: this.#history,
    };
  }

  /** Notes where the block of `id` lies; its size changed by as much as the heap's used bytes did. */
  #place(id: number, address: number, request: number, used: number): void {
    const { heap } = this;
    const size = this.#sizes[id]! + heap.usedBytes - used;
    const end = address - heap.header + size - heap.base;
    this.#highWater = Math.max(this.#highWater, end);
    this.#live += request - this.#requests[id]!;
    this.#peakLive = Math.max(this.#peakLive, this.#live);
    this.#addresses[id] = address;
    this.#requests[id] = request;
    this.#sizes[id] = size;
  }

  #refuses(): boolean {
    if (this.#again > 0) {
      this.#again--;
      return true;
    }
    if (this.done) this.#isOverrun = true;
    return this.#isOverrun;
  }

  #count(granted: boolean): void {
    const i = this.operations++;
    if (this.#statistics) {
      const holes = this.heap.holeCount;
      this.#holeSum += holes;
      this.#mostHoles = Math.max(this.#mostHoles, holes);
    }
    this.#curves?.step(this.#live, this.#highWater);
    if (granted) return;
    this.#failures++;
    if (this.#firstFailure < 0) this.#firstFailure = i;
  }

  #widen(length: number): void {
    this.#addresses = widened(this.#addresses, length, -1);
    this.#requests = widened(this.#requests, length);
    this.#sizes = widened(this.#sizes, length);
  }
}
