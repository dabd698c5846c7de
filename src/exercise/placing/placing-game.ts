import { counted } from "../../base/readable";
import { ownOptions, show } from "../../base/wrong-argument";
import type { FitName } from "../../heap/fits";
import { heapText } from "../../heap/heap-text";
import type { History } from "../../run/history";
import { type Call, callText } from "../call";
import { checkLevel, type Level } from "../question";
import { runOf } from "../question-heap";
import type { NamedBlock } from "../situation";
import type { BestPlacement } from "./best-placement";
import { blocksOf } from "./placing-frames";
import { drawTask, heapUnder, type PlacingTask, type PolicyScore, policyScores } from "./placing-task";

/** Which stream to place, and what was placed before. */
export interface PlacingOptions {
  /** How hard it is to do better than a policy. Default 1. */
  readonly level?: Level;
  /** Any number or text: the same seed, the same stream. Default 0. */
  readonly seed?: number | string;
  /** Placements that were made before: addresses, and null for a request that was turned down. Default none. */
  readonly placements?: readonly (number | null)[];
}

/** What came of a placement. */
export interface Placed {
  /** Whether it was made; otherwise nothing has changed. */
  readonly placed: boolean;
  /** What came of it, in a sentence. */
  readonly message: string;
}

/** How a stream came out. Plain JSON. */
export interface PlacingScore {
  /** Requests of the stream. */
  readonly requests: number;
  /** Requests that the hand has granted. */
  readonly granted: number;
  /** What each fit grants, as a `FreeList`. */
  readonly policies: readonly PolicyScore[];
  /** What can be granted by whoever knows the stream beforehand, and how. */
  readonly best: BestPlacement;
  /** The score in a sentence or two. */
  readonly message: string;
}

/**
 * A stream of requests that is placed by hand. The frees of the stream are made by themselves, as soon as it is their turn. The score is
 * told when the stream has ended, and not before.
 */
export class PlacingGame {
  readonly task: PlacingTask;
  readonly #best: BestPlacement;
  readonly #placements: (number | null)[] = [];
  /** The calls that were made. */
  #made = 0;
  /** The allocated blocks by name. */
  #live = new Map<string, { readonly address: number; readonly size: number }>();

  /** @internal Use `beTheAllocator`. */
  constructor(task: PlacingTask, best: BestPlacement) {
    this.task = task;
    this.#best = best;
    this.#free();
  }

  /** The request that is to be placed now; null when the stream has ended. */
  get next(): Extract<Call, { op: "malloc" }> | null {
    const call = this.task.calls[this.#made];
    return call?.op === "malloc" ? call : null;
  }

  /** Where each request was placed so far; null for one that was turned down. */
  get placements(): readonly (number | null)[] {
    return [...this.#placements];
  }

  /** The blocks and holes, in address order. */
  blocks(): NamedBlock[] {
    return blocksOf(this.#live, this.task.heapSize);
  }

  /** Where the block of the next request can lie: every address, ascending; none when no hole is large enough. */
  possible(): number[] {
    const { next } = this;
    const { unit } = this.task;
    const holes = next === null ? [] : this.blocks().filter(({ free, size }) => free && size >= next.request);
    return holes.flatMap(({ address, size }) =>
      Array.from({ length: (size - next!.request) / unit + 1 }, (_, i) => address + i * unit),
    );
  }

  /** Places the next request at an address, or turns it down with null, and makes the frees that follow in the stream. */
  place(address: number | null): Placed {
    const call = this.next;
    if (call === null) return { placed: false, message: "The stream has ended: there is nothing to place." };
    const reason = address === null ? "" : this.#whyNot(address, call.request);
    if (reason !== "") return { placed: false, message: `${reason} Nothing has changed.` };
    if (address !== null) this.#live.set(call.as!, { address, size: call.request });
    this.#placements.push(address);
    this.#made++;
    const freed = this.#free();
    const then = freed.length > 0 ? ` Then came ${freed.join(", ")}.` : "";
    const what =
      address === null ? `${callText(call)} is turned down.` : `${callText(call)} lies at ${address}.`;
    return { placed: true, message: `${what}${then}` };
  }

  /** Takes the last placement back. @returns whether there was one */
  undo(): boolean {
    const placements = this.#placements.slice(0, -1);
    if (this.#placements.length === 0) return false;
    this.#placements.length = 0;
    this.#made = 0;
    this.#live.clear();
    this.#free();
    for (const address of placements) this.place(address);
    return true;
  }

  /** The score; null as long as there is a request to place. */
  score(): PlacingScore | null {
    if (this.next !== null) return null;
    const requests = this.#placements.length;
    const granted = this.#placements.filter((address) => address !== null).length;
    const policies = policyScores(this.task);
    const best = this.#best;
    const fits = policies.map(({ fit, granted: its }) => `${fit} fit ${its}`).join(", ");
    const praise = granted === best.granted ? " No placement does better." : "";
    const message = `You have granted ${granted} of ${counted(requests, "request")}; ${fits}. Whoever knows the stream beforehand can grant ${best.granted}.${praise}`;
    return { requests, granted, policies, best, message };
  }

  /** The run of the stream under a fit, to be played beside. */
  runUnder(fit: FitName): History {
    return runOf(heapUnder(this.task, fit), this.task.calls);
  }

  /** What `beTheAllocator` makes the same game from. */
  toJSON(): Required<PlacingOptions> {
    const { level, seed } = this.task;
    return { level, seed, placements: this.placements };
  }

  toString(): string {
    const { heapSize, unit } = this.task;
    const { next } = this;
    const blocks = this.blocks();
    const addresses = blocks.map(
      ({ address, size, free }) => `${free ? "free" : "allocated"} ${address} to ${address + size}`,
    );
    const what =
      next === null
        ? this.score()!.message
        : `Next is ${callText(next)}: place(address), a multiple of ${unit}, or place(null) to turn it down.`;
    return `Be the allocator of ${heapSize} bytes (level ${this.task.level})\n${heapText(blocks)}\n${addresses.join(", ")}\n${what}`;
  }

  /** What a notebook shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** Makes the frees that are next in the stream; those of blocks that were turned down are none. */
  #free(): string[] {
    const freed: string[] = [];
    for (let call = this.task.calls[this.#made]; call?.op === "free"; call = this.task.calls[++this.#made]) {
      if (this.#live.delete(String(call.block))) freed.push(callText(call));
    }
    return freed;
  }

  /** Why a block cannot lie at an address; "" when it can. */
  #whyNot(address: number, size: number): string {
    const { heapSize, unit } = this.task;
    if (typeof address !== "number" || !Number.isSafeInteger(address) || address % unit !== 0)
      return `An address is a multiple of ${unit}, such as ${unit * 3}, or null to turn the request down; ${show(address)} is neither.`;
    if (address < 0 || address >= heapSize)
      return `The heap goes from 0 to ${heapSize}, and ${address} is not in it.`;
    const hole = this.blocks().find(
      (block) => address >= block.address && address < block.address + block.size,
    )!;
    if (!hole.free) return `At ${address} is a block, of ${hole.size} bytes from ${hole.address} on.`;
    const room = hole.address + hole.size - address;
    return room < size ? `${size} bytes are needed, and from ${address} on ${room} are free.` : "";
  }
}

/**
 * "Be the allocator": a stream of requests, drawn from a seed, to be placed by hand in a small heap, against the fits and against the
 * best that can be had.
 * @throws RangeError or TypeError for a level, a seed or placements that there cannot be
 *
 * @example
 * const game = beTheAllocator({ level: 2, seed: "Ada" });
 * game // the heap, and the next request
 * game.place(16) // and so on, to the end of the stream
 * game.score()
 */
export function beTheAllocator(options: PlacingOptions = {}): PlacingGame {
  const { level = 1, seed = 0, placements = [] } = ownOptions(options, ["level", "seed", "placements"]);
  checkLevel(level);
  if (!Array.isArray(placements))
    throw new TypeError(
      `options.placements must be an array of addresses, not ${show(placements)}; leave it out to begin.`,
    );
  const { task, best } = drawTask(level, seed);
  const game = new PlacingGame(task, best);
  for (const [i, address] of placements.entries()) {
    const { placed, message } = game.place(address as number | null);
    if (!placed) throw new RangeError(`options.placements[${i}] cannot be made: ${message}`);
  }
  return game;
}
