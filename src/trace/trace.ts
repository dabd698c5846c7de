import { widened } from "../base/column";
import { FREE, MALLOC, OPERATION_KINDS, type Operation, type OperationKind, REALLOC } from "./operation";
import { OperationColumns } from "./operation-columns";
import { MOST_LIVE, type TraceSink } from "./trace-reader";

/** Where a trace comes from; both are for people to read. */
export interface TraceOrigin {
  /** A short name, for a table's row or a legend. Default "". */
  readonly name?: string;
  /** The program, its command, or the generator and its seed. Default "" (unknown). */
  readonly source?: string;
}

/**
 * What a program asked of its heap: mallocs, reallocs and frees in order, without addresses, so that any heap can serve
 * it. Immutable; made by `Trace.from` or a `TraceBuilder`, which check every operation. Stored as flat arrays, 13 bytes
 * an operation.
 *
 * Invariants: `malloc` names a dead id, `realloc` and `free` a live one; `0 <= idAt(i) < ids`. Blocks may be left live
 * at the end. Requests that the recorded program was denied are not part of a trace: nothing was allocated.
 */
export class Trace implements Iterable<Operation> {
  /** A short name, for a table's row or a legend; "" when it has none. */
  readonly name: string;
  /** The program, its command, or the generator and its seed; "" when unknown. */
  readonly source: string;
  /** Number of operations. */
  readonly length: number;
  /** Number of distinct id slots: the highest id + 1; 0 for an empty trace. */
  readonly ids: number;
  /** The most bytes that live blocks asked for at any time. */
  readonly peakLive: number;
  readonly #operations: OperationColumns;

  private constructor(origin: TraceOrigin, checked: CheckedOperations) {
    this.name = origin.name ?? "";
    this.source = origin.source ?? "";
    this.length = checked.length;
    this.ids = checked.idSlots;
    this.peakLive = checked.peakLive;
    this.#operations = checked.operations;
  }

  /** @internal What `TraceBuilder` builds with. Nothing is copied. */
  static ofChecked(origin: TraceOrigin, checked: CheckedOperations): Trace {
    return new Trace(origin, checked);
  }

  /**
   * A trace of these operations.
   * @throws RangeError naming the index of the first operation that breaks a rule: see `TraceBuilder`.
   */
  static from(operations: Iterable<Operation>, origin: TraceOrigin = {}): Trace {
    const builder = new TraceBuilder(origin);
    for (const operation of operations) builder.push(operation);
    return builder.build();
  }

  /** What operation `i` does, without making an object. Throws a RangeError when there is no such operation. */
  kindAt(i: number): OperationKind {
    return OPERATION_KINDS[this.#operations.kindAt(this.#index(i))]!;
  }

  /** The block that operation `i` names. Throws a RangeError when there is no such operation. */
  idAt(i: number): number {
    return this.#operations.idAt(this.#index(i));
  }

  /** Bytes that operation `i` asks for; 0 for a free. Throws a RangeError when there is no such operation. */
  sizeAt(i: number): number {
    return this.#operations.sizeAt(this.#index(i));
  }

  /** Operation `i` as an object. Throws a RangeError when there is no such operation. */
  at(i: number): Operation {
    const kind = this.kindAt(i);
    const id = this.idAt(i);
    return kind === "free" ? { kind, id } : { kind, id, size: this.sizeAt(i) };
  }

  /** The operations in order, a fresh object each. */
  *[Symbol.iterator](): Iterator<Operation> {
    for (let i = 0; i < this.length; i++) yield this.at(i);
  }

  /**
   * Tells the operations from `from` up to, not including, `to` to a sink: by default all of them. Stops where the sink is done.
   */
  tell(sink: TraceSink, from = 0, to = this.length): void {
    const operations = this.#operations;
    for (let i = from; i < Math.min(to, this.length) && !sink.done; i++) {
      const kind = operations.kindAt(i);
      const id = operations.idAt(i);
      if (kind === MALLOC) sink.malloc(id, operations.sizeAt(i));
      else if (kind === FREE) sink.free(id);
      else sink.realloc(id, operations.sizeAt(i));
    }
  }

  /** Whether `other` has the same operations with the same ids; names and sources may differ. */
  equals(other: Trace): boolean {
    if (this.length !== other.length) return false;
    const [own, others] = [this.#operations, other.#operations];
    for (let i = 0; i < this.length; i++) {
      if (own.kindAt(i) !== others.kindAt(i)) return false;
      if (own.idAt(i) !== others.idAt(i) || own.sizeAt(i) !== others.sizeAt(i)) return false;
    }
    return true;
  }

  /** The same operations under another name or source; what is not given stays. Nothing is copied. */
  named(origin: TraceOrigin): Trace {
    return new Trace(
      { name: origin.name ?? this.name, source: origin.source ?? this.source },
      { operations: this.#operations, length: this.length, idSlots: this.ids, peakLive: this.peakLive },
    );
  }

  /** One line: name, operations of each kind, peak. */
  toString(): string {
    const count = [0, 0, 0];
    for (let i = 0; i < this.length; i++) count[this.#operations.kindAt(i)]!++;
    const kinds = `${count[MALLOC]} mallocs, ${count[REALLOC]} reallocs, ${count[FREE]} frees`;
    return `${this.name || "trace"}: ${kinds}, ${this.peakLive} bytes live at peak`;
  }

  /** What a notebook shows for a trace: `toString()`. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #index(i: number): number {
    if (i >= 0 && i < this.length && Number.isInteger(i)) return i;
    throw new RangeError(
      `An operation's index is an integer from 0 to ${this.length - 1}, not ${i}: see the trace's length.`,
    );
  }
}

/** @internal A trace's operations, which were checked, and what was counted over them. More may have been added behind `length`. */
interface CheckedOperations {
  readonly operations: OperationColumns;
  readonly length: number;
  readonly idSlots: number;
  readonly peakLive: number;
}

/**
 * Collects the operations of a trace one by one, in flat arrays that grow without being copied.
 *
 * Each method throws a RangeError that names the operation's index, and adds nothing, when
 * - the id is no integer from 0 to 2^24 − 1;
 * - a malloc names a live id, or a realloc or free a dead one;
 * - a malloc's size is no integer from 0 to 2^53 − 1, or a realloc's none from 1 (to 0 bytes it would be a free).
 */
export class TraceBuilder {
  readonly #origin: TraceOrigin;
  readonly #operations = new OperationColumns();
  /** Bytes asked for by the live block of each id; −1 for a dead id. */
  #live = new Float64Array(64).fill(-1);
  #idSlots = 0;
  #liveBytes = 0;
  #peakLive = 0;

  constructor(origin: TraceOrigin = {}) {
    this.#origin = origin;
  }

  /** Operations so far. */
  get length(): number {
    return this.#operations.length;
  }

  /** Bytes that the live blocks asked for, after the operations so far. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** Whether `id` names a live block after the operations so far. */
  isLive(id: number): boolean {
    return this.liveSize(id) !== null;
  }

  /** Bytes that the live block `id` asked for last; null when the id is dead. */
  liveSize(id: number): number | null {
    const size = this.#live[id] ?? -1;
    return size < 0 ? null : size;
  }

  /** Adds a malloc of `size` bytes, named `id`. */
  malloc(id: number, size: number): this {
    this.#checkId(id);
    if (this.isLive(id))
      this.#refuse(`malloc names block ${id}, which is live: free it first or use another id`);
    this.#checkSize(size, 0);
    return this.#add(MALLOC, id, size);
  }

  /** Adds a realloc of the live block `id` to `size` bytes. */
  realloc(id: number, size: number): this {
    this.#checkId(id);
    if (!this.isLive(id)) this.#refuse(`realloc names block ${id}, which is not live: malloc it first`);
    this.#checkSize(size, 1);
    return this.#add(REALLOC, id, size);
  }

  /** Adds a free of the live block `id`. */
  free(id: number): this {
    this.#checkId(id);
    if (!this.isLive(id))
      this.#refuse(`free names block ${id}, which is not live: malloc it first, free it once`);
    return this.#add(FREE, id, 0);
  }

  /** Adds `operation`. */
  push(operation: Operation): this {
    const { kind, id } = operation;
    if (kind === "malloc") return this.malloc(id, operation.size);
    if (kind === "realloc") return this.realloc(id, operation.size);
    if (kind === "free") return this.free(id);
    throw new TypeError(`Operation ${this.length} is a malloc, realloc or free, not ${String(kind)}.`);
  }

  /**
   * The trace of the operations so far. The builder can go on; the trace does not change.
   * @param origin overrides the builder's own, for who learns it on the way
   */
  build(origin: TraceOrigin = this.#origin): Trace {
    return Trace.ofChecked(origin, {
      operations: this.#operations,
      length: this.length,
      idSlots: this.#idSlots,
      peakLive: this.#peakLive,
    });
  }

  #add(kind: number, id: number, size: number): this {
    this.#operations.add(kind, id, size);
    if (id >= this.#idSlots) this.#idSlots = id + 1;
    if (id >= this.#live.length) this.#live = widened(this.#live, 2 * id, -1);
    this.#liveBytes += size - Math.max(0, this.#live[id]!);
    this.#live[id] = kind === FREE ? -1 : size;
    if (this.#liveBytes > this.#peakLive) this.#peakLive = this.#liveBytes;
    return this;
  }

  #checkId(id: number): void {
    if (Number.isInteger(id) && id >= 0 && id < MOST_LIVE) return;
    this.#refuse(
      `a block's id is an integer from 0 to ${MOST_LIVE - 1}, not ${id}: number the blocks from 0 on`,
    );
  }

  #checkSize(size: number, least: number): void {
    if (Number.isSafeInteger(size) && size >= least) return;
    const remedy = least > 0 && size === 0 ? "record a free instead" : "give whole bytes";
    this.#refuse(`a size here is an integer from ${least} to 2^53 − 1, not ${size}: ${remedy}`);
  }

  #refuse(reason: string): never {
    throw new RangeError(`Operation ${this.length}: ${reason}.`);
  }
}
