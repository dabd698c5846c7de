/** Ids that are given before one is given a second time. */
const UNIQUE = 2 ** 16;

/**
 * Gives blocks their ids: 0, 1, 2… in the order of their allocation, so that no two blocks of a trace that one reads by eye have the same
 * name; from the 65,537th block on an id whose block is freed, the one freed last, while there is such a one. So every id is
 * below 65,536 or below the number of blocks that were live at once, however long the trace: a table indexed by id stays small.
 */
export class IdPool {
  /** Ids from this one on were never given. */
  #next = 0;
  readonly #back: number[] = [];

  /** Whether an id that is given back is given again. */
  get reuses(): boolean {
    return this.#next >= UNIQUE;
  }

  /** An id that no live block has. */
  take(): number {
    return (this.reuses ? this.#back.pop() : undefined) ?? this.#next++;
  }

  /** The block of this id is freed. */
  give(id: number): void {
    this.#back.push(id);
  }
}
