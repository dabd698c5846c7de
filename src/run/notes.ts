/** Notes as plain JSON: steps, ascending, and the text of each. */
export interface NotesJson {
  readonly steps: readonly number[];
  readonly texts: readonly string[];
}

/** Texts at some steps of a run, ascending, at most one a step. */
export class Notes {
  readonly entries: { step: number; text: string }[] = [];

  /** Puts `text` at `step`, which is not before the last one. */
  set(step: number, text: string): void {
    if (typeof text !== "string") throw new TypeError(`A label or mark is a string, not ${typeof text}.`);
    if (this.entries.at(-1)?.step === step) this.entries.pop();
    this.entries.push({ step, text });
  }

  /** The text of the last entry at or before `step`; "" when there is none. */
  lastAt(step: number): string {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle]!.step <= step) low = middle + 1;
      else high = middle;
    }
    return this.entries[low - 1]?.text ?? "";
  }

  /** Undefined when there are none. */
  toJson(): NotesJson | undefined {
    if (this.entries.length === 0) return undefined;
    return { steps: this.entries.map(({ step }) => step), texts: this.entries.map(({ text }) => text) };
  }

  /** @throws RangeError for what is no such JSON, or names a step that a run of `length` steps cannot have. */
  static fromJson(json: NotesJson | undefined, length: number): Notes {
    const notes = new Notes();
    if (json === undefined) return notes;
    if (
      !Array.isArray(json?.steps) ||
      !Array.isArray(json.texts) ||
      json.steps.length !== json.texts.length
    ) {
      throw new RangeError("its labels or marks are not pairs of step and text");
    }
    let last = -1;
    json.steps.forEach((step: unknown, i) => {
      const text: unknown = json.texts[i];
      if (typeof text !== "string" || typeof step !== "number" || !Number.isInteger(step)) {
        throw new RangeError("its labels or marks are not pairs of step and text");
      }
      if (step <= last || step > length + 1) throw new RangeError("its labels or marks are not in order");
      notes.set(step, text);
      last = step;
    });
    return notes;
  }
}
