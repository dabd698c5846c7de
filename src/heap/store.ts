import type { Block } from "./block";
import type { HeapListener } from "./event";

/**
 * The inside of a heap: a policy with its tables. `HeapBase` puts the public face on it. Methods that take `tell` report
 * what they did to it, and build no report when it is null.
 */
export interface Store {
  readonly base: number;
  readonly header: number;
  readonly top: number;
  readonly usedBytes: number;
  readonly liveBlocks: number;
  readonly holeCount: number;
  readonly largestHole: number;
  readonly storageBytes: number;
  malloc(request: number, tell: HeapListener | null): number | null;
  free(address: number, tell: HeapListener | null): boolean;
  realloc(address: number | null, request: number, tell: HeapListener | null): number | null;
  blocks(): Iterable<Block>;
  holes(): Iterable<Block>;
  /** The heap as text; undefined for the usual form. */
  text?(): string;
  /** The heap as a matrix; undefined for the usual one. */
  matrix?(): number[][];
  /** Throws when an invariant of this kind of heap is broken. */
  check(): void;
  /** A listener has come: from now on reports will be asked for. */
  observe?(): void;
  save(): unknown;
  load(state: unknown): void;
}
