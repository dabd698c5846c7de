import { firstIndex } from "../base/first-index";
import type { StepTextsJson } from "./codec/history-json";

/** Texts at some steps of a run, ascending, at most one a step. */
export class StepTexts {
  readonly entries: { step: number; text: string }[] = [];

  /** Puts `text` at `step`, which is not before the last one. */
  set(step: number, text: string): void {
    if (typeof text !== "string") throw new TypeError(`A label or mark is a string, not ${typeof text}.`);
    if (this.entries.at(-1)?.step === step) this.entries.pop();
    this.entries.push({ step, text });
  }

  /** The text of the last entry at or before `step`; "" when there is none. */
  lastAt(step: number): string {
    const after = firstIndex(0, this.entries.length, (i) => this.entries[i]!.step > step);
    return this.entries[after - 1]?.text ?? "";
  }

  /** Undefined when there are none. */
  toJson(): StepTextsJson | undefined {
    if (this.entries.length === 0) return undefined;
    return { steps: this.entries.map(({ step }) => step), texts: this.entries.map(({ text }) => text) };
  }

  /** What `toJson` wrote; none for undefined. */
  static from(json: StepTextsJson | undefined): StepTexts {
    const texts = new StepTexts();
    json?.steps.forEach((step, i) => {
      texts.set(step, json.texts[i]!);
    });
    return texts;
  }
}
