import { widened } from "../base/column";

/** Operation i lies in chunk `i >>> BITS`, there at `i & MASK`. */
const BITS = 16;
const CHUNK = 2 ** BITS;
const MASK = CHUNK - 1;
const FIRST_CHUNK = 64;

/**
 * Operations in flat columns, 13 bytes each: kind, id, size. The columns are cut into chunks, so that they grow without being copied,
 * and what was added never changes: who knows how many operations there were reads on while others are added.
 */
export class OperationColumns {
  readonly #kinds: Uint8Array[] = [new Uint8Array(FIRST_CHUNK)];
  readonly #ids: Int32Array[] = [new Int32Array(FIRST_CHUNK)];
  readonly #sizes: Float64Array[] = [new Float64Array(FIRST_CHUNK)];
  #length = 0;

  /** The operations in these columns, which are not copied. */
  static over(kinds: Uint8Array, ids: Int32Array, sizes: Float64Array): OperationColumns {
    const columns = new OperationColumns();
    for (let chunk = 0, from = 0; from < kinds.length; chunk++, from += CHUNK) {
      columns.#kinds[chunk] = kinds.subarray(from, from + CHUNK);
      columns.#ids[chunk] = ids.subarray(from, from + CHUNK);
      columns.#sizes[chunk] = sizes.subarray(from, from + CHUNK);
    }
    columns.#length = kinds.length;
    return columns;
  }

  /** Number of operations. */
  get length(): number {
    return this.#length;
  }

  /** Adds an operation. */
  add(kind: number, id: number, size: number): void {
    const chunk = this.#length >>> BITS;
    const at = this.#length & MASK;
    if (at === (this.#kinds[chunk]?.length ?? 0)) this.#grow(chunk, at);
    this.#kinds[chunk]![at] = kind;
    this.#ids[chunk]![at] = id;
    this.#sizes[chunk]![at] = size;
    this.#length++;
  }

  /** What operation `i` does, by its number; there must be one. */
  kindAt(i: number): number {
    return this.#kinds[i >>> BITS]![i & MASK]!;
  }

  /** The block that operation `i` names. */
  idAt(i: number): number {
    return this.#ids[i >>> BITS]![i & MASK]!;
  }

  /** Bytes that operation `i` asks for. */
  sizeAt(i: number): number {
    return this.#sizes[i >>> BITS]![i & MASK]!;
  }

  /** Makes room in a chunk that is full or not there. The first one, which is all that a short trace has, begins small. */
  #grow(chunk: number, length: number): void {
    const room = chunk === 0 ? 2 * length : CHUNK;
    this.#kinds[chunk] = widened(this.#kinds[chunk] ?? new Uint8Array(0), room);
    this.#ids[chunk] = widened(this.#ids[chunk] ?? new Int32Array(0), room);
    this.#sizes[chunk] = widened(this.#sizes[chunk] ?? new Float64Array(0), room);
  }
}
